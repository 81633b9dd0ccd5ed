"""Filters of the log."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from workflow.models import AuditEvent

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
CLOCK = "clock"


class LogForm(forms.Form):
    """Act, person, outcome and days; days are read in the call's zone, both included."""

    act = forms.ChoiceField(label=_("Act"), required=False)
    person = forms.ChoiceField(label=_("Person"), required=False)
    outcome = forms.ChoiceField(
        label=_("Outcome"), required=False, choices=[("", pgettext_lazy("outcome", "All")), *AuditEvent.Outcome.choices]
    )
    since = forms.DateField(label=pgettext_lazy("day", "From"), required=False, widget=DAY)
    until = forms.DateField(label=pgettext_lazy("day", "To"), required=False, widget=DAY)

    def __init__(
        self, *args: Any, acts: Sequence[tuple[str, str]], people: Sequence[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["act"].choices = [("", _("All")), *acts]
        self.fields["person"].choices = [("", _("Everybody")), (CLOCK, _("The clock")), *people]

    def chosen(self, events: QuerySet[AuditEvent], *, zone: str) -> QuerySet[AuditEvent]:
        """Keep the events that the filters ask for; a filter that is not valid keeps all."""
        self.full_clean()
        wanted = self.cleaned_data if self.is_bound else {}
        there = ZoneInfo(zone)
        if wanted.get("act"):
            events = events.filter(act=wanted["act"])
        if wanted.get("person"):
            events = events.filter(actor_id=None if wanted["person"] == CLOCK else int(wanted["person"]))
        if wanted.get("outcome"):
            events = events.filter(outcome=wanted["outcome"])
        if wanted.get("since"):
            events = events.filter(at__gte=datetime.combine(wanted["since"], time(), tzinfo=there))
        if wanted.get("until"):
            events = events.filter(at__lt=datetime.combine(wanted["until"] + timedelta(days=1), time(), tzinfo=there))
        return events
