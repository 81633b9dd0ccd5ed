"""The ranking as stacked bars on an axis from 0 to 100 that is never cut, and the small bar of the two weights."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from procurement.web.drawings.measure import tenth, text_width

WIDE: Final = 816
NARROW: Final = 358
SPLIT: Final = 240
BETWEEN: Final = 2  # between the two parts of a bar


@dataclass(frozen=True, kw_only=True)
class Standing:
    """One ranked application: its points on 100 by part, with the texts that stand in the bars."""

    rank: str
    name: str
    technical: Decimal
    financial: Decimal
    technical_text: str  # “77.07 technical”
    financial_text: str  # “20.00 financial”
    financial_figure: str  # “20.00”, for narrow bars
    total_text: str


@dataclass(frozen=True, kw_only=True)
class Part:
    x: float
    width: float
    text: str  # empty when it does not fit
    text_x: float


@dataclass(frozen=True, kw_only=True)
class StackRow:
    rank: str
    name: str
    total: str
    top: float
    technical: Part
    financial: Part


@dataclass(frozen=True, kw_only=True)
class Tick:
    x: float
    label: int
    anchor: str


@dataclass(frozen=True, kw_only=True)
class Stack:
    width: int
    height: float
    top: float
    bottom: float
    right: float
    ticks: tuple[Tick, ...]
    rows: tuple[StackRow, ...]


@dataclass(frozen=True, kw_only=True)
class Split:
    first: float
    second_x: float
    second: float


def stack_wide(standings: Sequence[Standing]) -> Stack:
    """Lay out the bars for a desk: rank and name on the left, total on the right."""
    left = max([64.0, *(32 + text_width(one.name) for one in standings)])
    unit = (724 - left) / 100
    rows = tuple(_row(one, top=12 + 56 * at, left=left, unit=unit, inside=12) for at, one in enumerate(standings))
    ticks = tuple(Tick(x=tenth(left + unit * value), label=value, anchor="middle") for value in range(0, 101, 20))
    bottom = 8 + 56 * len(rows)
    return Stack(width=WIDE, height=bottom + 32, top=0, bottom=bottom, right=WIDE, ticks=ticks, rows=rows)


def stack_narrow(standings: Sequence[Standing]) -> Stack:
    """Lay out the bars for a phone: rank, name and total above each bar."""
    unit = (NARROW - 2) / 100
    rows = tuple(_row(one, top=32 + 68 * at, left=0, unit=unit, inside=10) for at, one in enumerate(standings))
    ends = {0: "start", 50: "middle", 100: "end"}
    ticks = tuple(Tick(x=tenth(0.5 + unit * value), label=value, anchor=anchor) for value, anchor in ends.items())
    bottom = 12 + 68 * len(rows)
    return Stack(width=NARROW, height=bottom + 24, top=24, bottom=bottom, right=NARROW - 2, ticks=ticks, rows=rows)


def split_bar(*, first: Decimal) -> Split:
    """Draw two weights that make one: `first` is the share of the first, from 0 to 1; refuses anything else."""
    if not 0 <= first <= 1:
        raise ValueError("a share lies between 0 and 1")
    if first in (0, 1):
        return Split(first=SPLIT * int(first), second_x=SPLIT * int(first), second=SPLIT * (1 - int(first)))
    width = tenth((SPLIT - BETWEEN) * first)
    return Split(first=width, second_x=tenth(width + BETWEEN), second=tenth(SPLIT - width - BETWEEN))


def _row(one: Standing, *, top: float, left: float, unit: float, inside: float) -> StackRow:
    first = unit * float(one.technical)
    second = max(0.0, unit * float(one.financial) - BETWEEN)
    return StackRow(
        rank=one.rank,
        name=one.name,
        total=one.total_text,
        top=top,
        technical=_part(x=left, width=first, texts=(one.technical_text,), inside=inside),
        financial=_part(
            x=left + first + BETWEEN, width=second, texts=(one.financial_text, one.financial_figure), inside=8
        ),
    )


def _part(*, x: float, width: float, texts: Sequence[str], inside: float) -> Part:
    """Choose the longest text that fits inside the part; none if even the figure does not."""
    fitting = next((text for text in texts if text_width(text) + 2 * inside <= width + 12), "")
    return Part(x=tenth(x), width=tenth(width), text=fitting, text_x=tenth(x + inside))
