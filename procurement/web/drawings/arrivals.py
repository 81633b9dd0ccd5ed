"""Arrivals per hour, drawn only after the opening: one bar an hour, the deadline as a line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from procurement.web.drawings.measure import tenth, text_width

HEIGHT: Final = 120  # of the tallest bar
HOUR: Final = timedelta(hours=1)


@dataclass(frozen=True, kw_only=True)
class Hour:
    x: float
    width: float
    y: float
    height: float
    late: bool


@dataclass(frozen=True, kw_only=True)
class Level:
    y: float
    label: int


@dataclass(frozen=True, kw_only=True)
class Day:
    x: float
    text: str


@dataclass(frozen=True, kw_only=True)
class Arrivals:
    width: int
    height: float
    left: float
    right: float
    base: float
    hours: tuple[Hour, ...]
    levels: tuple[Level, ...]
    days: tuple[Day, ...]
    deadline: float


def counts_per_hour(instants: Sequence[datetime], *, deadline: datetime) -> list[tuple[datetime, int]]:
    """Count arrivals in each full hour, from the first to the last or to the deadline; the deadline begins an hour."""
    if not instants:
        return []
    limit = deadline.astimezone(UTC)
    moments = [instant.astimezone(UTC) for instant in instants]
    start = limit + HOUR * ((min(*moments, limit - HOUR) - limit) // HOUR)
    found = [0] * ((max(*moments, limit - HOUR) - start) // HOUR + 1)
    for moment in moments:
        found[(moment - start) // HOUR] += 1
    return [((start + HOUR * at).astimezone(deadline.tzinfo), number) for at, number in enumerate(found)]


def arrivals(
    *, counts: Sequence[tuple[datetime, int]], deadline: datetime, day: Callable[[datetime], str], narrow: bool = False
) -> Arrivals:
    """Lay out the bars; the axis begins at 0. Hours in the call's zone; `day` writes the label of a day. Refuses an empty list."""
    if not counts:
        raise ValueError("nothing arrived")
    width, left, base = 358 if narrow else 816, 32.0, HEIGHT + 16.0
    right = float(width - 8)
    step = (right - left) / len(counts)
    top = _round_up(max(number for _, number in counts))
    offset = (deadline.astimezone(UTC) - counts[0][0].astimezone(UTC)) / HOUR
    return Arrivals(
        width=width,
        height=base + 28,
        left=left,
        right=right,
        base=base,
        hours=_hours(counts, left=left, step=step, top=top, base=base, deadline=deadline),
        levels=tuple(Level(y=tenth(base - HEIGHT * value / top), label=value) for value in (0, top // 2, top)),
        days=_days(counts, left=left, step=step, right=right, day=day),
        deadline=tenth(left + step * offset),
    )


def _hours(
    counts: Sequence[tuple[datetime, int]], *, left: float, step: float, top: int, base: float, deadline: datetime
) -> tuple[Hour, ...]:
    width = tenth(max(1.0, step - (1 if step > 4 else 0)))
    return tuple(
        Hour(
            x=tenth(left + step * at),
            width=width,
            y=tenth(base - HEIGHT * number / top),
            height=tenth(HEIGHT * number / top),
            late=hour >= deadline,
        )
        for at, (hour, number) in enumerate(counts)
        if number
    )


def _days(
    counts: Sequence[tuple[datetime, int]], *, left: float, step: float, right: float, day: Callable[[datetime], str]
) -> tuple[Day, ...]:
    """Name each day where it begins, if there is room after the one before."""
    named: list[Day] = []
    free, last = left, None
    for at, (hour, _) in enumerate(counts):
        x = tenth(left + step * at)
        if hour.date() != last and x >= free and x + text_width(day(hour)) <= right + 8:
            named.append(Day(x=x, text=day(hour)))
            free = x + text_width(day(hour)) + 12
        last = hour.date()
    return tuple(named)


def _round_up(highest: int) -> int:
    """Return a round, even top of the axis that is not below the highest bar."""
    power = 10 ** (len(str(highest)) - 1)
    return next(top for factor in (1, 2, 3, 4, 5, 6, 8, 10) if (top := power * factor) >= highest and top % 2 == 0)
