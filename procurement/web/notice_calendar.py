"""The dates of a notice for the calendars of those who apply (RFC 5545): one event for each moment that counts for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from icalendar import Alarm, Calendar, Event
from icalendar.enums import STATUS

from procurement.enums import CallState, Stage
from procurement.models import Call
from procurement.queries.timeline import expected_standstill_end
from workflow.templatetags.instants import instant_text
from workflow.templatetags.texts import text_in_language

MAKER = "-//Appel//Dates of a call//EN"
ASK_AGAIN = timedelta(hours=6)  # a calendar that follows the address hears of a later deadline within this time
DAY = timedelta(days=1)  # a reminder comes so long ahead


@dataclass(frozen=True)
class Moment:
    """One date: `key` is its name for ever, whole days have dates and no hour; `remind` a day ahead."""

    key: str
    label: str
    start: datetime | date
    end: datetime | date | None = None
    remind: bool = False


def calendar_of(call: Call) -> bytes:
    """Return the dates of a published call as a calendar file, in the reader's language.

    Every later deadline raises the sequence number, so that a calendar which holds the file moves its events.
    """
    published = list(call.published_deadlines.order_by("published_at").values_list("published_at", flat=True))
    changed = published[-1] if published else call.published_at
    page = settings.SITE_URL + reverse("public_call", args=[call.reference])
    title = f"{call.reference} – {text_in_language(call.title)[0]}"
    calendar = Calendar.new(
        prodid=MAKER, uid=page, name=title, language=get_language(), url=page, refresh_interval=ASK_AGAIN
    )  # fmt: skip
    for moment in moments_of(call):
        event = Event.new(
            uid=f"{call.reference}.{moment.key}@{urlsplit(settings.SITE_URL).hostname}",
            summary=f"{moment.label} – {call.reference}",
            description=_described(call, moment),
            start=moment.start,
            end=moment.end or moment.start,
            stamp=changed,
            sequence=max(len(published) - 1, 0),
            status=_status(call, moment),
            url=page,
        )
        if moment.remind:
            event.add_component(_reminder(moment))
        calendar.add_component(event)
    return calendar.to_ical()


def moments_of(call: Call) -> list[Moment]:
    """Return the dates that are fixed, in the order of the procedure."""
    found = [
        _at("questions", _("Last day for questions"), call.questions_until, remind=True),
        _at("answers", _("Answers published"), call.answers_until),
        _at("deadline", _("Deadline for applications"), call.deadline, remind=True),
        _at("opening", _("Opening"), call.opening_at),
        _interviews(call),
        _at("prices", _("Financial offers"), call.financial_opening_at if call.two_envelopes else None),
        _at("decision", _("Decision"), call.decision_at),
        _at("standstill", _("End of the standstill"), expected_standstill_end(call) if call.standstill_days else None),
        _days("contract", _("Contract"), call.contract_at, call.contract_at),
    ]
    return [moment for moment in found if moment]


def _at(key: str, label: str, start: datetime | None, *, remind: bool = False) -> Moment | None:
    return Moment(key, label, start, remind=remind) if start else None


def _days(key: str, label: str, first: date | None, last: date | None) -> Moment | None:
    return Moment(key, label, first, (last or first) + DAY) if first else None


def _interviews(call: Call) -> Moment | None:
    held = call.criteria.filter(stage=Stage.INTERVIEW).exists()
    return _days("interviews", _("Interviews"), call.interviews_from, call.interviews_until) if held else None


def _described(call: Call, moment: Moment) -> str:
    """Say what it is about, and the hour in the zone of the call: the calendar shows that of its owner."""
    lines = [text_in_language(call.title)[0], call.organisation.name]
    if isinstance(moment.start, datetime):
        lines.append(instant_text(moment.start, zone=call.timezone) + f" ({call.timezone})")
    if call.deadline and moment.key not in ("questions", "answers", "deadline"):
        lines.append(_("Foreseen, not promised."))
    return "\n".join(line for line in lines if line)


def _status(call: Call, moment: Moment) -> STATUS:
    if call.state in (CallState.CANCELLED, CallState.UNSUCCESSFUL) and _is_after(moment, call.ended_at):
        return STATUS.CANCELLED
    return STATUS.TENTATIVE if call.state == CallState.SUSPENDED else STATUS.CONFIRMED


def _is_after(moment: Moment, ended: datetime | None) -> bool:
    if ended is None:
        return False
    return moment.start > ended if isinstance(moment.start, datetime) else moment.start > ended.date()


def _reminder(moment: Moment) -> Any:
    alarm = Alarm.new(description=moment.label)
    alarm.add("ACTION", "DISPLAY")
    alarm.add("TRIGGER", -DAY)
    return alarm
