"""Marks of one criterion as a row: a shape per evaluator, their spread, their mean, the consensus below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from procurement.web.drawings.measure import tenth

WIDTH: Final = 300
LEFT: Final = 12
LENGTH: Final = 276
APART: Final = 14  # height of a shape in a pile; also how near two shapes may stand side by side
SHAPES: Final = ("circle", "square", "diamond", "down", "hexagon", "cross", "pentagon")
# Paths around 0, 0; circle and square are drawn by their own elements' sizes.
OUTLINES: Final = {
    "circle": "M-6 0a6 6 0 1 0 12 0a6 6 0 1 0 -12 0z",
    "square": "M-5.5 -5.5h11v11h-11z",
    "diamond": "M0 -7.5l7.5 7.5-7.5 7.5-7.5-7.5z",
    "down": "M0 6.5l-6.5 -11h13z",
    "hexagon": "M-3.5 -6h7l3.5 6-3.5 6h-7l-3.5 -6z",
    "cross": "M-2 -6h4v4h4v4h-4v4h-4v-4h-4v-4h4z",
    "pentagon": "M0 -6.5l6.3 4.6-2.4 7.4h-7.8l-2.4 -7.4z",
}


@dataclass(frozen=True, kw_only=True)
class Dot:
    x: float
    y: float
    path: str


@dataclass(frozen=True, kw_only=True)
class DotRow:
    width: int
    height: float
    base: float
    ticks: tuple[float, ...]
    spread: tuple[float, float] | None  # x and width
    mean: float | None
    consensus: str
    dots: tuple[Dot, ...]


def outline(index: int) -> str:
    """Return the path of the shape of the evaluator at that place in the panel; an eighth one begins again."""
    return OUTLINES[SHAPES[index % len(SHAPES)]]


def dot_row(
    *, maximum: Decimal, marks: Sequence[Decimal | None], mean: Decimal | None = None, consensus: Decimal | None = None
) -> DotRow:
    """Lay out the marks of a criterion on a scale from 0 to its maximum; refuses a maximum that is not positive.

    A mark that is missing keeps its evaluator's shape free. Marks too near each other are piled, never hidden.
    """
    if maximum <= 0:
        raise ValueError("a criterion has a positive maximum")
    places = [(index, _x(value, maximum)) for index, value in enumerate(marks) if value is not None]
    piles = _piles(places)
    tallest = max((len(pile) for pile in piles), default=1)
    base = max(28.0, 14.0 + APART / 2 * (tallest - 1))
    given = [x for _, x in places]
    return DotRow(
        width=WIDTH,
        height=base + 36 if tallest <= 3 else base + 36 + APART / 2 * (tallest - 3),
        base=base,
        ticks=tuple(tenth(LEFT + LENGTH * part / 4) for part in range(5)),
        spread=(min(given), tenth(max(given) - min(given))) if given else None,
        mean=_x(mean, maximum) if mean is not None else None,
        consensus=_triangle(_x(consensus, maximum), top=base + 24 + APART / 2 * max(0, tallest - 3))
        if consensus is not None
        else "",
        dots=tuple(sorted((dot for pile in piles for dot in _pile(pile, base=base)), key=lambda dot: (dot.x, dot.y))),
    )


def _x(value: Decimal, maximum: Decimal) -> float:
    return tenth(LEFT + LENGTH * min(max(value, Decimal(0)), maximum) / maximum)


def _piles(places: Sequence[tuple[int, float]]) -> list[list[tuple[int, float]]]:
    """Group the marks that would overlap if they stood on one line."""
    piles: list[list[tuple[int, float]]] = []
    for place in sorted(places, key=lambda place: (place[1], place[0])):
        if piles and place[1] - piles[-1][-1][1] < APART - 1:
            piles[-1].append(place)
        else:
            piles.append([place])
    return piles


def _pile(pile: Sequence[tuple[int, float]], *, base: float) -> list[Dot]:
    top = base - APART / 2 * (len(pile) - 1)
    return [Dot(x=x, y=top + APART * at, path=outline(index)) for at, (index, x) in enumerate(sorted(pile))]


def _triangle(x: float, *, top: float) -> str:
    return f"M{x} {top}l6 10h-12z"
