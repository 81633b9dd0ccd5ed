"""Arrivals per hour: everyone counted once, late ones after the line."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procurement.web.drawings.arrivals import arrivals, counts_per_hour

DEADLINE = datetime(2020, 3, 12, 17, tzinfo=ZoneInfo("Europe/Madrid"))


def test_the_deadline_begins_an_hour() -> None:
    late = DEADLINE + timedelta(seconds=40)
    counts = counts_per_hour([DEADLINE - timedelta(seconds=1), late], deadline=DEADLINE)
    assert [(hour.hour, number) for hour, number in counts] == [(16, 1), (17, 1)]


def test_hours_are_real_hours_across_the_change_of_clocks() -> None:
    deadline = datetime(2020, 3, 29, 12, tzinfo=ZoneInfo("Europe/Madrid"))  # 02:00 to 03:00 does not exist that day
    counts = counts_per_hour([datetime(2020, 3, 29, 0, 30, tzinfo=UTC)], deadline=deadline)
    assert len(counts) == 10
    assert (counts[0][0].hour, counts[1][0].hour) == (1, 3)


def test_nothing_arrived() -> None:
    assert counts_per_hour([], deadline=DEADLINE) == []
    with pytest.raises(ValueError, match="nothing arrived"):
        arrivals(counts=[], deadline=DEADLINE, day=str)


@given(
    offsets=st.lists(st.integers(min_value=-900_000, max_value=100_000), min_size=1, max_size=40), narrow=st.booleans()
)
def test_everyone_is_counted_and_drawn_on_the_right_side(offsets: list[int], narrow: bool) -> None:
    instants = [DEADLINE.astimezone(UTC) + timedelta(seconds=offset) for offset in offsets]
    counts = counts_per_hour(instants, deadline=DEADLINE)
    assert sum(number for _, number in counts) == len(instants)
    picture = arrivals(counts=counts, deadline=DEADLINE, day=lambda day: day.strftime("%d %B"), narrow=narrow)
    assert sum(number for hour, number in counts if hour >= DEADLINE) == sum(offset >= 0 for offset in offsets)
    for hour in picture.hours:
        assert picture.left <= hour.x <= picture.right
        assert hour.late == (hour.x >= picture.deadline - 0.1)
        assert 0 < hour.height <= 120
        assert hour.y + hour.height == pytest.approx(picture.base, abs=0.2)
    assert picture.levels[0].label == 0
