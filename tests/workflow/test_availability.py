"""The log of the service: a line a minute, failures counted once, and silence that speaks."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import IntegrityError, transaction

from workflow import availability, clock, tasks
from workflow.availability import SILENCE, Fault, lost_time
from workflow.models import AvailabilitySample

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def counted_anew() -> None:
    cache.delete(availability.COUNT)


def go_on(start: datetime, *minutes: int) -> None:
    """Let the clock's job measure at these minutes."""
    for minute in minutes:
        clock.set_to(start + timedelta(minutes=minute))
        availability.sample()


def found(start: datetime, *, until: int) -> list[tuple[int, int, int, bool]]:
    """Return the faults in whole minutes from the start."""
    rows = availability.faults(since=start, until=start + timedelta(minutes=until))
    return [(_minutes(one.since - start), _minutes(one.until - start), one.failures, one.measured) for one in rows]


def _minutes(length: timedelta) -> int:
    return round(length.total_seconds() / 60)


def test_every_minute_has_its_line_and_a_busy_tick_writes_no_other() -> None:
    start = clock.now()
    go_on(start, 0, 1, 2)
    tasks.tick()
    assert [_minutes(one.until - one.since) for one in AvailabilitySample.objects.order_by("id")] == [0, 1, 1]
    assert found(start, until=2) == []


def test_failures_are_counted_in_the_minute_in_which_they_happened_and_once() -> None:
    start = clock.now()
    go_on(start, 0, 1)
    for _ in range(3):
        availability.count_failure()
    go_on(start, 2, 3)
    assert found(start, until=4) == [(1, 2, 3, True)]


def test_a_count_that_was_lost_is_begun_anew() -> None:
    start = clock.now()
    for _ in range(5):
        availability.count_failure()
    go_on(start, 0)
    cache.delete(availability.COUNT)  # a broker that forgot everything
    availability.count_failure()
    go_on(start, 1)
    assert found(start, until=2) == [(0, 1, 1, True)]


def test_nobody_there_to_measure_is_a_fault_too() -> None:
    start = clock.now()
    go_on(start, 0, 1, 31, 32)
    assert found(start, until=33) == [(1, 31, 0, False)]


def test_a_silence_that_lasts_is_a_fault_before_it_ends() -> None:
    start = clock.now()
    go_on(start, 0, 1)
    assert found(start, until=3) == []
    assert found(start, until=20) == [(1, 20, 0, False)]


def test_without_any_log_nothing_is_proved() -> None:
    assert found(clock.now(), until=600) == []


def test_a_clock_that_is_set_back_does_not_stop_the_log() -> None:
    start = clock.now()
    go_on(start, 0, 1)
    go_on(start - timedelta(days=3), 0, 1)
    assert AvailabilitySample.objects.count() == 4


def test_times_that_overlap_are_lost_once() -> None:
    start = clock.now()

    def fault(begins: int, ends: int) -> Fault:
        return Fault(start + timedelta(minutes=begins), start + timedelta(minutes=ends), 1, measured=True)

    assert lost_time([fault(5, 9), fault(0, 6), fault(20, 21)]) == timedelta(minutes=10)
    assert lost_time([]) == timedelta(0)


def test_a_line_is_written_once() -> None:
    go_on(clock.now(), 0)
    with pytest.raises(IntegrityError, match="written once"), transaction.atomic():
        AvailabilitySample.objects.update(failures=100)


def test_a_fault_is_cut_to_the_time_that_is_asked_about() -> None:
    start = clock.now()
    go_on(start, 0, 60)
    rows: list[Any] = availability.faults(since=start + timedelta(minutes=10), until=start + timedelta(minutes=30))
    assert [(one.until - one.since, one.measured) for one in rows] == [(timedelta(minutes=20), False)]
    assert timedelta(minutes=20) > SILENCE
