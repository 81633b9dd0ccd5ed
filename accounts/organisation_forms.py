"""Forms of firms, public bodies and their members."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from accounts.enums import roles_in
from accounts.forms import zone_choices
from accounts.models import Organisation


class FirmForm(forms.ModelForm):
    """A firm that applies."""

    class Meta:
        model = Organisation
        fields = ["name", "registration_number", "address", "city", "country", "email", "website"]
        widgets = {
            "name": forms.TextInput(attrs={"autocomplete": "organization"}),
            "address": forms.Textarea(attrs={"rows": 3, "autocomplete": "street-address"}),
            "country": forms.TextInput(attrs={"autocomplete": "country-name"}),
        }
        help_texts = {"registration_number": _("In the trade or professional register of its country")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("name", "registration_number", "address", "city", "country"):
            self.fields[name].required = True


class OrganisationForm(forms.ModelForm):
    """What stands on the letterhead of a public body, and the remedies text of its notices, per language."""

    timezone = forms.ChoiceField(label=_("Time zone of its deadlines"), choices=zone_choices)
    languages = forms.MultipleChoiceField(
        label=_("Languages of its calls"), choices=settings.LANGUAGES, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Organisation
        fields = [
            "name",
            "short_name",
            "address",
            "city",
            "country",
            "registration_number",
            "email",
            "website",
            "timezone",
            "languages",
        ]
        widgets = {"address": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, name in settings.LANGUAGES:
            self.fields[f"remedies_{code}"] = forms.CharField(
                label=name, required=False, widget=forms.Textarea(attrs={"rows": 5, "lang": code}), max_length=4000
            )
            self.initial.setdefault(f"remedies_{code}", (self.instance.remedies or {}).get(code, ""))

    def remedies_fields(self) -> list[forms.BoundField]:
        """Return the fields of the remedies text, one a language."""
        return [self[f"remedies_{code}"] for code, _name in settings.LANGUAGES]

    def values(self) -> dict[str, Any]:
        """Return the columns to write, with the remedies by language."""
        written = {code: self.cleaned_data.pop(f"remedies_{code}").strip() for code, _name in settings.LANGUAGES}
        return {**self.cleaned_data, "remedies": {code: text for code, text in written.items() if text}}


class InvitationForm(forms.Form):
    """Whom to invite, and to which role."""

    email = forms.EmailField(label=_("E-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "off"}))
    role = forms.ChoiceField(label=_("Role"))

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles = roles_in(organisation.kind)
        self.fields["role"].choices = [(role.value, role.label) for role in roles]
        if len(roles) == 1:
            self.fields["role"].widget = forms.HiddenInput()
            self.fields["role"].initial = roles[0].value
