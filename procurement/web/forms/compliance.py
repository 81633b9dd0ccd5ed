"""Forms of the compliance check."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from procurement.enums import Verdict
from procurement.models import Requirement
from workflow.templatetags.texts import text_in_language

COMPLIANT, NOT_COMPLIANT = "compliant", "non_compliant"


class ItemForm(forms.Form):
    """The verdict on one document."""

    verdict = forms.ChoiceField(label=_("Verdict"), choices=Verdict.choices)
    note = forms.CharField(label=_("Note"), required=False, max_length=2000)


class CompletionForm(forms.Form):
    """The one request to complete a file."""

    requirements = forms.MultipleChoiceField(
        label=_("Documents to ask for"), required=False, widget=forms.CheckboxSelectMultiple
    )
    message = forms.CharField(
        label=_("What the applicant must do"), required=False, max_length=4000, widget=forms.Textarea
    )

    def __init__(self, *args: Any, askable: Sequence[Requirement], hours: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.requirements = {requirement.code: requirement for requirement in askable}
        choices = [(one.code, f"{one.code} {text_in_language(one.title)[0]}") for one in askable]
        self.fields["requirements"].choices = choices  # type: ignore[attr-defined]
        self.fields["message"].help_text = ngettext(
            "Sent by mail now. The applicant has %(count)s hour; there is no second request.",
            "Sent by mail now. The applicant has %(count)s hours; there is no second request.",
            hours,
        ) % {"count": hours}

    @property
    def chosen(self) -> list[Requirement]:
        """Return the documents chosen."""
        return [self.requirements[code] for code in self.cleaned_data["requirements"]]


class DecisionForm(forms.Form):
    """The decision on one application."""

    decision = forms.ChoiceField(
        label=_("Decision"),
        widget=forms.RadioSelect,
        choices=[
            (COMPLIANT, _("Compliant: it will be evaluated")),
            (NOT_COMPLIANT, _("Not compliant: it is read no further")),
        ],
    )
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=4000,
        widget=forms.Textarea,
        help_text=_("Compulsory when it is not compliant: the applicant will read it in the letter."),
    )
