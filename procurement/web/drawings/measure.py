"""How wide a text will be: an estimate a little on the wide side, so that labels keep clear of each other."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

SIZE: Final = 14
NARROW: Final = frozenset("iljtfrI.,:;'’|!()[] \u00a0·")
WIDE: Final = frozenset("mwMW@%—")


def text_width(text: str, *, size: int = SIZE) -> float:
    """Estimate the width of a line of IBM Plex Sans in SVG units."""
    return round(sum(_advance(letter) for letter in text) * size, 1)


def tenth(value: float | Decimal) -> float:
    """Round a length to a tenth: finer than any screen shows."""
    return round(float(value), 1)


def _advance(letter: str) -> float:
    if letter in NARROW:
        return 0.32
    if letter in WIDE:
        return 0.9
    return 0.66 if letter.isupper() else 0.6
