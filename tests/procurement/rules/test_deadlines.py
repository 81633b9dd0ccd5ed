"""Time in the call's zone: vectors of a national system, changes of clocks, full days."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procurement.rules import deadlines

KYIV, MADRID = "Europe/Kyiv", "Europe/Madrid"


def local(text: str, zone: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


def test_a_start_inside_a_day_is_rounded_up_to_midnight() -> None:
    assert deadlines.add_full_days(start=local("2027-01-01T00:03", KYIV), days=10, zone=KYIV) == local(
        "2027-01-12", KYIV
    )


def test_a_start_at_midnight_counts_its_own_day() -> None:
    assert deadlines.add_full_days(start=local("2027-01-01", KYIV), days=10, zone=KYIV) == local("2027-01-11", KYIV)


def test_the_published_vectors() -> None:
    deadline = local("2027-02-01", KYIV)
    enquiries = deadlines.subtract_full_days(end=deadline, days=10, zone=KYIV)

    assert enquiries == local("2027-01-22", KYIV)
    assert deadlines.add_full_days(start=enquiries, days=3, zone=KYIV, working=True) == local("2027-01-27", KYIV)
    assert deadlines.add_full_days(start=deadline, days=20, zone=KYIV, working=True) == local("2027-02-27", KYIV)


def test_everything_derived_moves_with_the_deadline() -> None:
    deadline = local("2027-01-09", KYIV)

    assert deadlines.subtract_full_days(end=deadline, days=10, zone=KYIV) == local("2026-12-30", KYIV)
    assert deadlines.subtract_full_days(end=deadline, days=4, zone=KYIV) == local("2027-01-05", KYIV)
    assert deadlines.add_full_days(start=deadline, days=20, zone=KYIV, working=True) == local("2027-02-06", KYIV)


def test_ten_days_over_a_change_of_clocks_are_not_240_hours() -> None:
    start = local("2020-03-25", MADRID)
    end = deadlines.add_full_days(start=start, days=10, zone=MADRID)

    assert end.astimezone(UTC) == datetime(2020, 4, 3, 22, tzinfo=UTC)
    assert end != start + timedelta(hours=240) or end.astimezone(UTC) != (start.astimezone(UTC) + timedelta(hours=240))


def test_the_standstill_of_the_example_ends_at_midnight() -> None:
    sent = local("2020-03-31T12:00", MADRID)

    assert deadlines.add_full_days(start=sent, days=10, zone=MADRID) == local("2020-04-11", MADRID)


def test_holidays_are_not_working_days() -> None:
    is_holiday = deadlines.holidays_of("FR")

    assert is_holiday(date(2026, 5, 1))
    day_before = local("2026-04-30T10:00", "Europe/Paris")  # Thursday; Friday 1 May is a holiday
    end = deadlines.add_full_days(start=day_before, days=1, zone="Europe/Paris", working=True, is_holiday=is_holiday)
    assert end == local("2026-05-05", "Europe/Paris")


def test_no_country_has_no_holidays() -> None:
    assert not deadlines.holidays_of("")(date(2026, 1, 1))


def test_a_missing_hour_is_refused() -> None:
    with pytest.raises(deadlines.MissingHour):
        deadlines.instant(local=datetime(2020, 3, 29, 2, 30), zone=MADRID)


def test_a_doubled_hour_is_refused() -> None:
    with pytest.raises(deadlines.DoubledHour):
        deadlines.instant(local=datetime(2020, 10, 25, 2, 30), zone=MADRID)


def test_an_instant_inside_a_doubled_hour_is_not_plain() -> None:
    assert not deadlines.is_plain(moment=datetime(2020, 10, 25, 0, 30, tzinfo=UTC), zone=MADRID)
    assert deadlines.is_plain(moment=datetime(2020, 3, 12, 16, tzinfo=UTC), zone=MADRID)


@given(
    st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1)),
    st.integers(0, 60),
    st.sampled_from([MADRID, KYIV, "America/New_York", "Asia/Beirut", "Africa/Casablanca"]),
)
def test_full_days_end_at_local_midnight_and_count_back(start: datetime, days: int, zone: str) -> None:
    begin = start.replace(tzinfo=UTC)

    end = deadlines.add_full_days(start=begin, days=days, zone=zone)

    assert end.astimezone(ZoneInfo(zone)).strftime("%H:%M") in {
        "00:00",
        "01:00",
    }  # Beirut skips midnight itself in spring
    assert deadlines.full_days_between(start=begin, end=end, zone=zone) == days
    assert end.astimezone(UTC) >= begin.astimezone(UTC) or days == 0
