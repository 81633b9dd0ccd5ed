"""Dates of a draft: local hours in the call's zone, and what is proposed from the deadline."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from procurement.enums import Stage
from procurement.models import Call
from procurement.queries.timeline import PROPOSED, expected_standstill_end, proposal_of
from procurement.rules.deadlines import full_days_between
from procurement.web.forms.draft import DraftForm, Live
from procurement.web.forms.figures import OPTIONAL, LocalMoment, in_zone
from procurement.web.forms.places import COUNTRIES, zone_choices
from procurement.web.forms.tables import short
from workflow.templatetags.instants import date_text, instant_text

MOMENTS = (
    "publish_at", "deadline", "questions_until", "answers_until", "opening_at", "compliance_at", "scoring_until",
    "financial_opening_at", "decision_at",
)  # fmt: skip


def _day(label: Any) -> forms.DateField:
    return forms.DateField(label=label, **OPTIONAL)


class TimelineForm(DraftForm):
    """The dates of a call."""

    part = "timeline"
    timezone = forms.ChoiceField(label=_("Time zone of the call"), help_text=_("Every hour below is read in it."))
    holidays_of = forms.ChoiceField(
        label=_("Public holidays"), choices=COUNTRIES, help_text=_("They are not working days."), **OPTIONAL
    )
    publish_at = LocalMoment(label=_("Publication"), help_text=_("Left empty, the officer publishes by hand."))
    deadline = LocalMoment(label=_("Deadline"), help_text=_("To the second, by the clock of the database."))
    questions_until = LocalMoment(label=_("End of questions"))
    answers_until = LocalMoment(label=_("Answers published"))
    opening_at = LocalMoment(label=_("Opening"))
    compliance_at = LocalMoment(label=_("Compliance check"))
    scoring_until = LocalMoment(label=_("End of scoring"))
    interviews_from = _day(_("Interviews, first day"))
    interviews_until = _day(_("Interviews, last day"))
    financial_opening_at = LocalMoment(label=_("Financial opening"))
    decision_at = LocalMoment(label=_("Decision"))
    standstill_days = forms.IntegerField(
        label=_("Standstill, in full days"), min_value=0, max_value=60, widget=short(),
        help_text=_("Counted from the midnight after the last letter"),
    )  # fmt: skip
    contract_at = _day(_("Contract"))

    def __init__(self, call: Call, data: MultiValueDict | None = None) -> None:
        super().__init__(call, data)
        self.fields["timezone"].choices = zone_choices(call.timezone)  # type: ignore[attr-defined]
        self.has_interviews = call.criteria.filter(stage=Stage.INTERVIEW).exists()

    def initial_of(self, call: Call) -> dict[str, Any]:
        """Return the dates on the clock of the call's zone."""
        shown = super().initial_of(call)
        there = ZoneInfo(call.timezone)
        moments = {name: shown[name].astimezone(there).replace(tzinfo=None) for name in MOMENTS if shown[name]}
        return {**shown, **moments}

    def clean(self) -> dict[str, Any]:
        """Read each hour in the zone; refuse one that is skipped or comes twice there."""
        cleaned = super().clean() or self.cleaned_data
        zone = cleaned.get("timezone") or self.call.timezone
        for name in MOMENTS:
            if isinstance(cleaned.get(name), datetime):
                try:
                    cleaned[name] = in_zone(cleaned[name], zone=zone)
                except ValidationError as error:
                    self.add_error(name, error)
        return cleaned

    def live(self, call: Call) -> Live:
        """The proposed dates in words, the time left to apply, and the end of the standstill."""
        found = proposal_of(call)
        words = {f"proposed-{name}": _words(getattr(found, name), call.timezone) if found else "" for name in PROPOSED}
        return {**words, "standstill": _standstill(call), "full-days": _full_days(call)}


def _standstill(call: Call) -> str:
    until = expected_standstill_end(call)
    if until is None:
        return ""
    return gettext("If the letters leave on the day of the decision, it ends on %(end)s.") % {
        "end": instant_text(until, zone=call.timezone)
    }


def _full_days(call: Call) -> str:
    if call.publish_at is None or call.deadline is None:
        return ""
    days = full_days_between(start=call.publish_at, end=call.deadline, zone=call.timezone)
    left = ngettext("%(days)s full day to apply", "%(days)s full days to apply", days) % {"days": days}
    asked = int(call.rules.get("minimum_days", 0))
    return gettext("%(left)s; the rules ask for at least %(asked)s.") % {"left": left, "asked": asked}


def _words(value: Any, zone: str) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return instant_text(value, zone=zone)
    return date_text(value, style="full_date")
