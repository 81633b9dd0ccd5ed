"""Forms of the openings."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from procurement.enums import EnvelopeKind


class SessionForm(forms.Form):
    """Which envelopes a session is for."""

    kind = forms.ChoiceField(choices=EnvelopeKind.choices)


class RemarksForm(forms.Form):
    """What the report should tell beside the facts."""

    remarks = forms.CharField(
        label=_("Remarks for the report"),
        required=False,
        max_length=4000,
        widget=forms.Textarea,
        help_text=_("Incidents, people who came, anything that was said. The report has the facts by itself."),
    )


class OpeningForm(RemarksForm):
    """An opening: what the report should tell, and whether envelopes that wait for another holder may stay behind."""

    partly = forms.BooleanField(
        label=_("Open without the envelopes that wait for another key holder"),
        required=False,
        help_text=_("They stay sealed, are named in the report, and can be opened in a later session."),
    )


class SignatureForm(forms.Form):
    """A signature, with the dissent that is printed under it."""

    dissent = forms.CharField(
        label=_("Dissenting opinion"),
        required=False,
        max_length=4000,
        widget=forms.Textarea,
        help_text=_("Leave empty to sign without reservation. What you write is kept with your signature and printed."),
    )
