"""The timeline of a call: one row a period, a line for today, wide for a desk and narrow for a phone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final, Literal

from procurement.web.drawings.measure import tenth, text_width

State = Literal["past", "now", "todo"]
WIDE: Final = 816
NARROW: Final = 358
GAP: Final = 14  # between a bar and its text


@dataclass(frozen=True, kw_only=True)
class Period:
    """A row of the timeline: a period, or a moment when it has no end. `former` marks a date that was moved; `days`: it has no hours."""

    label: str
    start: datetime
    when: str = ""
    end: datetime | None = None
    former: datetime | None = None
    days: bool = False


@dataclass(frozen=True, kw_only=True)
class Bar:
    x: float
    width: float
    elapsed: float  # the part that is over, when the period is running
    state: State


@dataclass(frozen=True, kw_only=True)
class Text:
    x: float
    y: float
    text: str
    anchor: Literal["start", "middle", "end"] = "start"


@dataclass(frozen=True, kw_only=True)
class Row:
    label: str
    when: Text
    top: float
    middle: float
    state: State
    bar: Bar | None
    diamond: str
    former: float | None


@dataclass(frozen=True, kw_only=True)
class Timeline:
    width: int
    height: float
    bottom: float
    months: tuple[Text, ...]
    lines: tuple[float, ...]
    rows: tuple[Row, ...]
    today: float | None
    today_label: Text | None


@dataclass(frozen=True, kw_only=True)
class Scale:
    """Instants to lengths, linear, never cut."""

    left: float
    right: float
    first: datetime
    last: datetime

    def __call__(self, moment: datetime) -> float:
        part = (moment - self.first) / (self.last - self.first)
        return tenth(self.left + (self.right - self.left) * part)


def state_of(period: Period, *, now: datetime) -> State:
    """Say whether a period is over, running or to come; a moment is never running."""
    if period.end is None:
        return "past" if period.start <= now else "todo"
    if period.end <= now:
        return "past"
    return "now" if period.start <= now else "todo"


def timeline(
    *, periods: Sequence[Period], now: datetime, month: Callable[[datetime], str], today: str, narrow: bool = False
) -> Timeline:
    """Lay out the rows; refuses an empty list. `month` writes the name of a month, `today` the label of the line.

    The instants must be in the call's zone already: months begin there.
    """
    if not periods:
        raise ValueError("a timeline needs a period")
    scale = _scale(periods, narrow=narrow)
    rows = tuple(_row(period, at=at, scale=scale, now=now, narrow=narrow) for at, period in enumerate(periods))
    bottom = 28 + 46 * len(rows) if narrow else 40 + 32 * len(rows)
    shown = scale.first <= now <= scale.last
    label = _today_label(scale(now), text=today, bottom=bottom, narrow=narrow) if shown else None
    lines, months = _months(scale, month=month, taken=label if narrow else None, narrow=narrow)
    return Timeline(
        width=NARROW if narrow else WIDE,
        height=bottom if narrow else bottom + 24,
        bottom=bottom,
        months=months,
        lines=lines,
        rows=rows,
        today=scale(now) if shown else None,
        today_label=label,
    )


def _scale(periods: Sequence[Period], *, narrow: bool) -> Scale:
    first = min(period.start for period in periods).replace(hour=0, minute=0, second=0, microsecond=0)
    last = max(period.end or period.start for period in periods)
    if last - first < timedelta(days=1):
        last = first + timedelta(days=1)
    if narrow:
        return Scale(left=3, right=NARROW - 8, first=first, last=last)
    left = min(260.0, max(text_width(period.label) for period in periods) + 16)
    scale = Scale(left=tenth(left), right=WIDE - 25, first=first, last=last)
    if all(_fits(period, scale=scale) for period in periods):
        return scale
    widest = max(text_width(period.when) for period in periods)
    return replace(scale, right=tenth(WIDE - 7 - GAP - widest))


def _fits(period: Period, *, scale: Scale) -> bool:
    """Say whether the dates of a row have room after its bar, or before it clear of the labels."""
    start, end, width = scale(period.start), scale(period.end or period.start), text_width(period.when) + GAP + 7
    return end + width <= WIDE or start - width >= scale.left


def _row(period: Period, *, at: int, scale: Scale, now: datetime, narrow: bool) -> Row:
    top, height = (55 + 46 * at, 10) if narrow else (42 + 32 * at, 12)
    middle = top + height / 2
    start = scale(period.start)
    end = scale(period.end) if period.end else start
    state = state_of(period, now=now)
    bar = None
    if period.end:
        width = max(2.0, tenth(end - start))
        bar = Bar(x=start, width=width, elapsed=min(width, max(0.0, tenth(scale(now) - start))), state=state)
    return Row(
        label=period.label,
        when=Text(x=NARROW, y=top - 11, text=period.when, anchor="end")
        if narrow
        else _when(period.when, start=start, end=end, y=top + 11, moment=bar is None),
        top=top,
        middle=middle,
        state=state,
        bar=bar,
        diamond="" if bar else f"M{start} {middle - 7}l7 7-7 7-7-7z",
        former=scale(period.former) if period.former else None,
    )


def _when(text: str, *, start: float, end: float, y: float, moment: bool) -> Text:
    """Put the dates after the bar; before it when they would leave the drawing."""
    reach = 7 if moment else 0
    if end + reach + GAP + text_width(text) <= WIDE:
        return Text(x=tenth(end + reach + GAP), y=y, text=text)
    return Text(x=tenth(start - reach - GAP), y=y, text=text, anchor="end")


def _today_label(x: float, *, text: str, bottom: float, narrow: bool) -> Text:
    """Put the word beside the line, or under it; near an edge it begins or ends there, whatever its real width."""
    width, edge = text_width(text), NARROW if narrow else WIDE
    if narrow and x + 2 + width <= edge:
        return Text(x=tenth(x + 2), y=14, text=text)
    if narrow:
        return Text(x=tenth(x - 2), y=14, text=text, anchor="end") if x - 2 >= width else Text(x=0, y=14, text=text)
    if x < width / 2:
        return Text(x=0, y=bottom + 18, text=text)
    if x > edge - width / 2:
        return Text(x=edge, y=bottom + 18, text=text, anchor="end")
    return Text(x=tenth(x), y=bottom + 18, text=text, anchor="middle")


def _months(
    scale: Scale, *, month: Callable[[datetime], str], taken: Text | None, narrow: bool
) -> tuple[tuple[float, ...], tuple[Text, ...]]:
    """Draw a line at each month's beginning and name it where there is room beside the others and beside today's label."""
    pad, y = (4, 14) if narrow else (6, 16)
    starts = list(_month_starts(scale.first, scale.last))
    lines = tuple(scale(max(start, scale.first)) for start in starts)
    texts: list[Text] = []
    for start, x in zip(starts, lines, strict=True):
        name = month(start)
        limits = [*lines[lines.index(x) + 1 :][:1], *([_left(taken)] if taken and _left(taken) >= x else [])]
        room = min([*limits, NARROW if narrow else WIDE]) - x
        hidden = taken is not None and _left(taken) < x + pad < _left(taken) + text_width(taken.text)
        if not hidden and text_width(name) + pad <= room:
            texts.append(Text(x=tenth(x + pad), y=y, text=name))
    return lines, tuple(texts)


def _left(text: Text) -> float:
    return text.x - (text_width(text.text) if text.anchor == "end" else 0)


def _month_starts(first: datetime, last: datetime) -> Sequence[datetime]:
    at = first.replace(day=1)
    starts = []
    while at <= last:
        starts.append(at)
        at = at.replace(year=at.year + at.month // 12, month=at.month % 12 + 1)
    return starts
