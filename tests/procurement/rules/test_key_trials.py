"""When the clock has keys tried: from a deadline, a moment and the days of the rounds."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from procurement.rules.key_trials import begins_at, first_check, next_check, round_at

DEADLINE = datetime(2030, 3, 12, 16, tzinfo=UTC)
DAYS = (7, 3, 1)


def before(**how: int) -> datetime:
    return DEADLINE - timedelta(**how)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (before(days=30), before(days=7)),
        (before(days=7), before(days=3)),
        (before(days=2), before(days=1)),
        (before(days=1), DEADLINE),
        (before(hours=1), DEADLINE),
    ],
)
def test_the_next_look_is_at_the_next_round_and_at_last_at_the_deadline(now: datetime, expected: datetime) -> None:
    assert next_check(deadline=DEADLINE, now=now, days=DAYS) == expected


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (before(days=8), None),
        (before(days=7), 7),
        (before(days=3, seconds=1), 7),
        (before(days=3), 3),
        (DEADLINE, 1),
        (DEADLINE + timedelta(seconds=1), None),
    ],
)
def test_the_round_that_has_come_last(now: datetime, expected: int | None) -> None:
    assert round_at(deadline=DEADLINE, now=now, days=DAYS) == expected


def test_a_call_that_begins_late_is_looked_at_at_once() -> None:
    assert first_check(deadline=DEADLINE, now=before(days=20), days=DAYS) == before(days=7)
    assert first_check(deadline=DEADLINE, now=before(days=5), days=DAYS) == before(days=5)
    assert begins_at(deadline=DEADLINE, days=DAYS) == before(days=7)


def test_without_days_nobody_is_asked() -> None:
    assert first_check(deadline=DEADLINE, now=before(days=5), days=()) == DEADLINE
    assert round_at(deadline=DEADLINE, now=before(days=5), days=()) is None
