"""Time in the call's own zone: full days, working days, and local hours that do not exist or exist twice. Pure."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import holidays as calendars

Holidays = Callable[[date], bool]


class MissingHour(ValueError):
    """The clocks jump over this local time."""


class DoubledHour(ValueError):
    """This local time comes twice on that day."""


def no_holidays(day: date) -> bool:
    """Say that no day is a public holiday."""
    return False


def holidays_of(country: str) -> Holidays:
    """Return the public holidays of a country (ISO 3166, two letters); none when no country is named."""
    if not country:
        return no_holidays
    calendar = calendars.country_holidays(country)
    return lambda day: day in calendar


def instant(*, local: datetime, zone: str) -> datetime:
    """Return the instant of a local time; refuse an hour that the change of clocks skips or repeats."""
    first = local.replace(tzinfo=ZoneInfo(zone), fold=0)
    second = local.replace(tzinfo=ZoneInfo(zone), fold=1)
    if first.astimezone(UTC).astimezone(first.tzinfo).replace(tzinfo=None) != local.replace(tzinfo=None):
        raise MissingHour(local.isoformat())
    if first.utcoffset() != second.utcoffset():
        raise DoubledHour(local.isoformat())
    return first


def is_plain(*, moment: datetime, zone: str) -> bool:
    """Tell whether an instant's local hour exists once only."""
    local = moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None, fold=0)
    try:
        instant(local=local, zone=zone)
    except (MissingHour, DoubledHour):
        return False
    return True


def add_full_days(
    *, start: datetime, days: int, zone: str, working: bool = False, is_holiday: Holidays = no_holidays
) -> datetime:
    """Return the local midnight after N full days: the start is first rounded up to the next local midnight.

    Working days skip Saturdays, Sundays and holidays. Reference §3.2: 2027-01-01T00:03 + 10 is 2027-01-12T00:00.
    """
    day = _first_full_day(start.astimezone(ZoneInfo(zone)))
    counted = 0
    while counted < days:
        if not working or is_working(day, is_holiday):
            counted += 1
        day += timedelta(days=1)
    return _midnight(day, zone)


def subtract_full_days(*, end: datetime, days: int, zone: str) -> datetime:
    """Return the local midnight from which N full days lead up to the end, rounded down to its own midnight."""
    local = end.astimezone(ZoneInfo(zone))
    return _midnight(local.date() - timedelta(days=days), zone)


def full_days_between(*, start: datetime, end: datetime, zone: str) -> int:
    """Return how many full local days lie between two instants."""
    first = _first_full_day(start.astimezone(ZoneInfo(zone)))
    return max((end.astimezone(ZoneInfo(zone)).date() - first).days, 0)


def _first_full_day(local: datetime) -> date:
    if local.time() == time(0):
        return local.date()
    return local.date() + timedelta(days=1)


def is_working(day: date, is_holiday: Holidays) -> bool:
    """Tell whether a day is neither in a weekend nor a holiday."""
    return day.weekday() < 5 and not is_holiday(day)


def _midnight(day: date, zone: str) -> datetime:
    return datetime.combine(day, time(0), tzinfo=ZoneInfo(zone))
