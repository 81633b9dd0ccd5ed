"""Exact numbers in, text out: the only place of the scoring where a number is ever shortened.

Marks and money arrive as decimal strings and are reckoned as fractions: 100 × 79 ÷ 82 has no end as a decimal,
so no precision would be enough to compare two such scores. A Decimal appears again only for display.
"""

from decimal import Decimal
from fractions import Fraction
from typing import TypeAlias

PLACES = 28  # decimals written of a number that never ends
BRIEF_PLACES = 6

Exact: TypeAlias = Fraction | Decimal | int


def written(value: Exact) -> str:
    """Write a number whole when it ends, else cut after PLACES decimals: rounding what is written is rounding the number."""
    above, below = value.as_integer_ratio()
    ending = _places_to_the_end(below)
    return _cut(above, below, places=PLACES if ending is None else ending)


def brief(value: Exact) -> str:
    """Write a number for a sentence: whole when it is short, else cut after six decimals and marked with an ellipsis."""
    above, below = value.as_integer_ratio()
    ending = _places_to_the_end(below)
    if ending is not None and ending <= BRIEF_PLACES:
        return _cut(above, below, places=ending)
    return _cut(above, below, places=BRIEF_PLACES) + "…"


def rounded(value: Exact, *, places: int = 2) -> Decimal:
    """Round half up for display; never for a comparison."""
    above, below = value.as_integer_ratio()
    units = (2 * abs(above) * 10**places + below) // (2 * below)
    return Decimal((int(above < 0), tuple(map(int, str(units))), -places))


def shown_against(value: Exact, *, limit: Exact) -> Decimal:
    """Round for display beside a limit: two decimals, or four (or more) where two would make a mark that fails look equal to it."""
    places = 2
    while Fraction(value) != Fraction(limit) and rounded(value, places=places) == rounded(limit, places=places):
        places += 2
    return rounded(value, places=places)


def _places_to_the_end(below: int) -> int | None:
    """Count the decimals of a fraction in lowest terms, from its denominator; None when they never end."""
    twos = (below & -below).bit_length() - 1
    rest, fives = below >> twos, 0
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    return max(twos, fives) if rest == 1 else None


def _cut(above: int, below: int, *, places: int) -> str:
    if not places:
        return str(above // below)
    digits = str(abs(above) * 10**places // below).rjust(places + 1, "0")
    return f"{'-' if above < 0 else ''}{digits[:-places]}.{digits[-places:]}"
