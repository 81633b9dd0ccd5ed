"""The dates of a notice as periods of its timeline."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from procurement.models import Call
from procurement.queries.timeline import expected_standstill_end
from procurement.web.drawings.timeline import Period
from workflow.templatetags.instants import instant_text, span_text


def periods_of(call: Call, *, interviews: bool) -> list[Period]:
    """Return the periods that are fixed, in order; nothing before there is a deadline."""
    if call.deadline is None:
        return []
    rows = [
        _applications(call, call.deadline),
        _questions(call),
        _answers(call),
        _at(_("Opening"), call.opening_at),
        _at(_("Compliance and scoring"), call.compliance_at, call.scoring_until),
        _interviews(call) if interviews else None,
        _at(_("Financial offers"), call.financial_opening_at) if call.two_envelopes else None,
        _at(_("Decision"), call.decision_at),
        _standstill(call),
        _contract(call),
    ]
    return [row for row in rows if row]


def _at(label: Any, start: datetime | None, end: datetime | None = None) -> Period | None:
    return Period(label=str(label), start=start, end=end) if start else None


def _applications(call: Call, deadline: datetime) -> Period:
    start = call.published_at or call.publish_at
    return Period(label=_("Applications"), start=start or deadline, end=deadline if start else None)


def _questions(call: Call) -> Period | None:
    start, end = call.published_at or call.publish_at, call.questions_until
    return Period(label=_("Questions"), start=start, end=end, when=_until(call, end)) if start and end else None


def _answers(call: Call) -> Period | None:
    start, end = call.questions_until, call.answers_until
    return Period(label=_("Answers"), start=start, end=end, when=_until(call, end)) if start and end else None


def _interviews(call: Call) -> Period | None:
    first = call.interviews_from
    if first is None:
        return None
    last = call.interviews_until or first
    start, end = _midnight(call, first), _midnight(call, last)
    when = span_text(start, end, zone=call.timezone)
    return Period(label=_("Interviews"), start=start, end=end + timedelta(days=1), when=when, days=True)


def _standstill(call: Call) -> Period | None:
    end = expected_standstill_end(call)
    if not call.standstill_days or call.decision_at is None or end is None:
        return None
    return Period(label=_("Standstill"), start=call.decision_at, end=end, when=_until(call, end))


def _contract(call: Call) -> Period | None:
    day = call.contract_at
    return Period(label=_("Contract"), start=_midnight(call, day), when=_day(call, day), days=True) if day else None


def _midnight(call: Call, day: date) -> datetime:
    return datetime.combine(day, time(0), tzinfo=ZoneInfo(call.timezone))


def _day(call: Call, day: date) -> str:
    return instant_text(_midnight(call, day), zone=call.timezone, style="day")


def _until(call: Call, moment: datetime) -> str:
    return _("until %(end)s") % {"end": instant_text(moment, zone=call.timezone, style="short")}
