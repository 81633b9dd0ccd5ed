"""Forms from the ranking to the contract."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from procurement.web.forms.reason import ReasonForm

AREA = forms.Textarea(attrs={"rows": 5})


class ExclusionForm(ReasonForm):
    """Which application leaves the race, and why."""

    application = forms.ChoiceField(label=_("Application"))

    field_order = ["application", "reason"]

    def __init__(self, *args: Any, labels: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["application"].choices = [(label, label) for label in labels]


class DrawForm(forms.Form):
    """The order in which the tied applications were drawn, and how the drawing was held."""

    held = forms.CharField(
        label=_("How the lots were drawn"),
        required=False,
        max_length=2000,
        widget=AREA,
        help_text=_("Where, when, by whom and before whom; with what. It is printed in the report."),
    )

    def __init__(self, *args: Any, tie: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = [f"place_{number}" for number in range(1, len(tie) + 1)]
        for number, name in enumerate(self.places, start=1):
            self.fields[name] = forms.ChoiceField(
                label=_("Drawn in place %(number)s") % {"number": number}, choices=[(label, label) for label in tie]
            )
            self.fields[name].initial = tie[number - 1]
        self.order_fields([*self.places, "held"])

    @property
    def order(self) -> list[str]:
        """Return the labels as they were drawn."""
        return [self.cleaned_data[name] for name in self.places]


class ReportForm(forms.Form):
    """What the committee says in its own words."""

    recommendation = forms.CharField(
        label=_("Recommendation"),
        required=False,
        max_length=8000,
        widget=AREA,
        help_text=_(
            "The proposal and its figures are written by themselves. Add what the committee wants to say of it."
        ),
    )
    remarks = forms.CharField(
        label=_("Remarks on the prices"),
        required=False,
        max_length=8000,
        widget=AREA,
        help_text=_("Corrections of arithmetic, prices that seem abnormally low and what was answered."),
    )


class DecisionForm(forms.Form):
    """Why the authority awards: the letters repeat it."""

    reasons = forms.CharField(
        label=_("Reasons for the award"),
        required=False,
        max_length=8000,
        widget=AREA,
        help_text=_(
            "The characteristics and relative advantages of the winning application. Every applicant reads them."
        ),
    )


class WithdrawalForm(ReasonForm):
    """Why an award is taken back, and whether the winner stays in the race."""

    keep_winner = forms.BooleanField(
        label=_("The winner stays in the race"),
        required=False,
        help_text=_("For a mistake in the procedure. Otherwise the winner is excluded and the next one comes first."),
    )


class NoteForm(forms.Form):
    """The officer's own paragraph in a letter."""

    note = forms.CharField(
        label=_("Your own paragraph"),
        required=False,
        max_length=4000,
        widget=AREA,
        help_text=_("Printed after the reasons and before the remedies. Leave it empty if nothing is to be added."),
    )


class ContractForm(forms.Form):
    """What is recorded of a contract that was signed outside."""

    signed_on = forms.DateField(
        label=_("Day of signature"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    amount = forms.DecimalField(label=_("Amount"), max_digits=14, decimal_places=2, localize=True)
    file = forms.FileField(
        label=_("Signed contract"), required=False, widget=forms.FileInput(attrs={"accept": ".pdf,application/pdf"})
    )
