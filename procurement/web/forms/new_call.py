"""The first questions of a call."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.db.models import QuerySet
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from procurement.enums import LANGUAGES, CallKind, Method
from procurement.models import Call

REFERENCE = RegexValidator(
    r"^[A-Za-z0-9][A-Za-z0-9_-]*$", _("Letters, figures and hyphens only: the reference is part of addresses.")
)


class NewCallForm(forms.Form):
    """Reference and title; an earlier call to copy makes the rest superfluous."""

    organisation = forms.ModelChoiceField(
        label=_("Organisation"), queryset=Organisation.objects.none(), empty_label=None
    )
    copied = forms.ModelChoiceField(
        label=_("Copy from an earlier call"), queryset=Call.objects.none(), required=False, to_field_name="reference",
        empty_label=_("No, begin with an empty draft"),
        help_text=_("Texts, rules, criteria and documents are copied; dates and people are not."),
    )  # fmt: skip
    reference = forms.CharField(label=_("Reference"), max_length=60, validators=[REFERENCE])
    title = forms.CharField(label=_("Title"), max_length=300, required=False)
    language = forms.ChoiceField(label=_("Authentic language"), choices=LANGUAGES, help_text=_("Others can be added."))
    kind = forms.ChoiceField(
        label=_("Kind of call"), choices=CallKind.choices, widget=forms.RadioSelect, initial=CallKind.EXPERT
    )
    preset = forms.ChoiceField(
        label=_("Rule set"), choices=Method.choices, widget=forms.RadioSelect, initial=Method.PRAG,
        help_text=_("Every value can be changed later, with a reason."),
    )  # fmt: skip

    def __init__(
        self, organisations: list[Organisation], sources: QuerySet[Call], data: Any = None, **options: Any
    ) -> None:
        super().__init__(data, **options)
        mine = Organisation.objects.filter(pk__in=[organisation.pk for organisation in organisations])
        self.fields["organisation"].queryset = mine  # type: ignore[attr-defined]
        copied: Any = self.fields["copied"]
        copied.queryset = sources
        copied.label_from_instance = lambda call: f"{call.reference}, {call.title_in()}"

    def clean(self) -> dict[str, Any]:
        """Ask for a title where nothing is copied."""
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("copied") and not str(cleaned.get("title") or "").strip():
            self.add_error("title", _now("Give the title."))
        return cleaned


def free_reference(organisation: Organisation, *, now: datetime) -> str:
    """Return a reference nobody uses: the organisation's short name, the year, the next number."""
    short = re.sub(r"[^A-Za-z0-9]+", "-", organisation.label).strip("-").upper()[:20] or "CALL"
    begun = f"{short}-{now.year}-"
    number = Call.objects.filter(reference__startswith=begun).count() + 1
    while Call.objects.filter(reference__iexact=f"{begun}{number:03}").exists():
        number += 1
    return f"{begun}{number:03}"
