"""The form of a declaration of impartiality."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from procurement.models import Application

NONE, CONFLICT = "none", "conflict"


class DeclarationForm(forms.Form):
    """No conflict, or a conflict with some applications and why."""

    answer = forms.ChoiceField(
        label=_("Your declaration for this list"),
        widget=forms.RadioSelect,
        choices=[
            (
                NONE,
                _("I have no conflict of interest with anybody on this list, and I will keep what I read confidential"),
            ),
            (CONFLICT, _("I have a conflict of interest: my seat ends")),
        ],
    )
    with_applications = forms.MultipleChoiceField(
        label=_("With which applications"), required=False, widget=forms.CheckboxSelectMultiple
    )
    statement = forms.CharField(
        label=_("What the conflict is"),
        required=False,
        max_length=4000,
        widget=forms.Textarea,
        help_text=_("A few words: family, work, money, publications in common. Kept in the file, never published."),
    )

    def __init__(self, *args: Any, applications: Sequence[Application], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.applications = {a.reference: a for a in applications}
        choices = [(a.reference, f"{a.label} {a.applicant_name}") for a in applications]
        self.fields["with_applications"].choices = choices  # type: ignore[attr-defined]

    @property
    def chosen(self) -> list[Application]:
        """Return the applications named, none without a conflict."""
        if not self.conflict:
            return []
        return [self.applications[reference] for reference in self.cleaned_data["with_applications"]]

    @property
    def conflict(self) -> bool:
        """Tell whether a conflict is declared."""
        return bool(self.cleaned_data["answer"] == CONFLICT)
