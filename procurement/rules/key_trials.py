"""When the clock has key holders try their keys: so many days before the deadline, and again to remind. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta


def begins_at(*, deadline: datetime, days: Sequence[int]) -> datetime:
    """Return from when on a key should have been tried: the first of the days before the deadline."""
    return deadline - timedelta(days=max(days, default=0))


def round_at(*, deadline: datetime, now: datetime, days: Sequence[int]) -> int | None:
    """Return the days of the round that has come last: None before the first one and after the deadline."""
    come = [each for each in days if deadline - timedelta(days=each) <= now <= deadline]
    return min(come, default=None)


def next_check(*, deadline: datetime, now: datetime, days: Sequence[int]) -> datetime:
    """Return when the clock looks at a call that collects again: at the next round, and at the deadline."""
    rounds = (deadline - timedelta(days=each) for each in days)
    return min((moment for moment in rounds if moment > now), default=deadline)


def first_check(*, deadline: datetime, now: datetime, days: Sequence[int]) -> datetime:
    """Return when the clock first looks at a call that begins to collect: at once where a round has come already."""
    due = round_at(deadline=deadline, now=now, days=days) is not None
    return now if due else next_check(deadline=deadline, now=now, days=days)
