"""The price form: days × rate + expenses = total, before or after tax as the call says. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from workflow.guards import Guard
from workflow.guards import gettext_noop as _

CENT: Final = Decimal("0.01")
MOST: Final = Decimal(10) ** 9  # above it, somebody mistyped


@dataclass(frozen=True)
class PriceFacts:
    """The three figures of a price form; None where nothing is written yet."""

    days: Decimal | None
    rate: Decimal | None
    expenses: Decimal | None


ABOUT = "price"


def _figures(f: PriceFacts) -> list[Decimal]:
    return [figure for figure in (f.days, f.rate, f.expenses) if figure is not None]


NOT_NEGATIVE = Guard(
    "PRI-01",
    _("The figures of a price cannot be negative."),
    ABOUT,
    lambda f: not any(figure.is_finite() and figure < 0 for figure in _figures(f)),
)
PLAUSIBLE = Guard(
    "PRI-02",
    _("One of these figures is too large to be a price."),
    ABOUT,
    lambda f: all(figure.is_finite() and figure <= MOST for figure in _figures(f)),
)
WRITTEN = (PLAUSIBLE, NOT_NEGATIVE)


def total_of(f: PriceFacts) -> Decimal | None:
    """Return days × rate + expenses to the cent, halves up; None until days and rate are written, or when it is nothing."""
    if f.days is None or f.rate is None:
        return None
    total = (f.days * f.rate + (f.expenses or 0)).quantize(CENT, rounding=ROUND_HALF_UP)
    return total if total > 0 else None
