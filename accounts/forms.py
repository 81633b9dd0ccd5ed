"""What a person tells of themselves: at registration, and later on their account."""

from __future__ import annotations

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.enums import AppliesAs
from accounts.models import User
from workflow.templatetags.zones import CITIES


def zone_choices() -> list[tuple[str, Any]]:
    """Return the time zones of people and calls: those we name by city first, then every other."""
    named = sorted(CITIES.items(), key=lambda item: str(item[1]))
    others = sorted(zone for zone in available_timezones() if "/" in zone and zone not in CITIES)
    regions = [zone for zone in others if not zone.startswith(("Etc/", "SystemV/", "posix/", "right/", "US/"))]
    return [("UTC", "UTC"), *named, *((zone, zone.replace("_", " ")) for zone in regions)]


class SignupForm(forms.Form):
    """What we ask at registration besides address and password."""

    full_name = forms.CharField(
        label=_("Full name"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    language = forms.ChoiceField(label=_("Language of pages and messages"), choices=settings.LANGUAGES)
    applies_as = forms.ChoiceField(
        label=_("I apply"), choices=AppliesAs.choices, widget=forms.RadioSelect, initial=AppliesAs.PERSON
    )
    field_order = ["full_name", "email", "password1", "password2", "applies_as", "language"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].initial = (get_language() or settings.LANGUAGE_CODE).split("-")[0]

    def clean_full_name(self) -> str:
        """Refuse a name of blanks and fold the spaces in it."""
        return folded_name(self.cleaned_data["full_name"])

    def signup(self, request: Any, user: User) -> None:
        """Keep the answers on the new account."""
        for name in ("full_name", "language", "applies_as"):
            setattr(user, name, self.cleaned_data[name])
        user.save(update_fields=["full_name", "language", "applies_as"])


def folded_name(name: str) -> str:
    """Return a name with single spaces; refuse one that holds no letter or holds control characters."""
    folded = " ".join(name.split())
    if not any(character.isalpha() for character in folded) or not folded.isprintable():
        raise ValidationError(_("Write the name as it should stand on letters."))
    return folded


class AccountForm(forms.ModelForm):
    """One's own name, language and time zone."""

    timezone = forms.ChoiceField(label=_("Time zone"), choices=zone_choices)
    language = forms.ChoiceField(label=_("Language of pages and messages"), choices=settings.LANGUAGES)

    class Meta:
        model = User
        fields = ["full_name", "language", "timezone"]
        widgets = {"full_name": forms.TextInput(attrs={"autocomplete": "name"})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["full_name"].required = True

    def clean_full_name(self) -> str:
        """Refuse a name of blanks and fold the spaces in it."""
        return folded_name(self.cleaned_data["full_name"])
