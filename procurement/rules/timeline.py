"""Dates of a call derived from its deadline, in its own zone and on its own working days (reference §8.3). Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

from procurement.rules.deadlines import (
    DoubledHour,
    Holidays,
    MissingHour,
    add_full_days,
    instant,
    is_plain,
    is_working,
    no_holidays,
)

QUESTIONS_DAYS, ANSWERS_DAYS = 14, 7  # before the deadline, at its hour
SCORING_DAYS, DECISION_DAYS, CONTRACT_DAYS = 4, 4, 5  # working days
OPENING_HOUR, SCORING_HOUR, PRICES_HOUR, DECISION_HOUR = time(10), time(18), time(14), time(12)

Moment = TypeVar("Moment", datetime, date)


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """Dates that follow from a deadline; None where the local hour does not exist that day, or the stage does not."""

    questions_until: datetime | None
    answers_until: datetime | None
    opening_at: datetime
    compliance_at: datetime
    scoring_until: datetime
    interviews_from: date | None
    interviews_until: date | None
    financial_opening_at: datetime | None
    decision_at: datetime
    standstill_until: datetime
    contract_at: date


def proposed(
    *,
    deadline: datetime,
    zone: str,
    is_holiday: Holidays = no_holidays,
    two_envelopes: bool = True,
    interviews: bool = False,
    standstill_days: int = 10,
) -> Proposal:
    """Derive every later date from the deadline: opening the next working day, then stage after stage."""
    local = deadline.astimezone(ZoneInfo(zone))

    def at(day: date, hour: time) -> datetime:
        return instant(local=datetime.combine(day, hour), zone=zone)

    opening = working_day_after(local.date(), 1, is_holiday)
    compliance = working_day_after(opening, 1, is_holiday)
    scoring = working_day_after(compliance, SCORING_DAYS, is_holiday)
    first = working_day_after(scoring, 1, is_holiday) if interviews else None
    last = working_day_after(first, 1, is_holiday) if first else None
    prices = working_day_after(last or scoring, 1, is_holiday) if two_envelopes else None
    decision = at(working_day_after(prices or last or scoring, DECISION_DAYS, is_holiday), DECISION_HOUR)
    standstill = standstill_end(start=decision, days=standstill_days, zone=zone)
    return Proposal(
        questions_until=_days_before(local, QUESTIONS_DAYS, zone),
        answers_until=_days_before(local, ANSWERS_DAYS, zone),
        opening_at=at(opening, OPENING_HOUR),
        compliance_at=at(compliance, OPENING_HOUR),
        scoring_until=at(scoring, SCORING_HOUR),
        interviews_from=first,
        interviews_until=last,
        financial_opening_at=at(prices, PRICES_HOUR) if prices else None,
        decision_at=decision,
        standstill_until=standstill,
        contract_at=working_day_after(standstill.date(), CONTRACT_DAYS, is_holiday),
    )


def standstill_end(*, start: datetime, days: int, zone: str) -> datetime:
    """Return the local midnight at which a standstill of so many full days ends."""
    return add_full_days(start=start, days=days, zone=zone)


def working_day_after(day: date, count: int, is_holiday: Holidays) -> date:
    """Return the n-th working day after a day, which itself does not count."""
    while count:
        day += timedelta(days=1)
        count -= is_working(day, is_holiday)
    return day


def moved_with_deadline(moment: Moment, *, former: datetime, new: datetime, zone: str) -> Moment:
    """Move a later date by as many whole days as the deadline moves, up to the next one; its local hour stays.

    An hour that does not exist once on the new day moves to the same hour of the day after.
    """
    days = -((former - new) // timedelta(days=1))
    if not isinstance(moment, datetime):
        return moment + timedelta(days=days)
    local = moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None) + timedelta(days=days)
    moved = local.replace(tzinfo=ZoneInfo(zone))
    if not is_plain(moment=moved, zone=zone):
        moved = (local + timedelta(days=1)).replace(tzinfo=ZoneInfo(zone))
    return moved


def _days_before(local: datetime, days: int, zone: str) -> datetime | None:
    earlier = (local - timedelta(days=days)).replace(tzinfo=None, fold=0)
    try:
        return instant(local=earlier, zone=zone)
    except (MissingHour, DoubledHour):
        return None
