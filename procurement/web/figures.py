"""Figures of the engine as the reader's language writes them: rounded for the eye, exact beside."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from django.utils.formats import number_format

from procurement.scoring.points import brief, rounded, shown_against
from procurement.scoring.steps import Param, Step


def shown(value: Fraction | None, *, limit: Fraction | None = None, places: int = 2) -> str:
    """Write a number with two decimals, halves up; with more where two would make it look equal to a limit it misses."""
    if value is None:
        return "–"
    figure = rounded(value, places=places) if limit is None else shown_against(value, limit=limit)
    return _localised(format(figure, "f"))


def whole(value: Fraction) -> str:
    """Write a number as it is where it is short, else with six decimals and an ellipsis."""
    return _localised(brief(value))


def is_rounded(value: Fraction) -> bool:
    """Tell whether two decimals do not show all of a number."""
    return Fraction(rounded(value)) != value


def _localised(text: str) -> str:
    figure, ellipsis = (text[:-1], "…") if text.endswith("…") else (text, "")
    places = len(figure.partition(".")[2])
    return str(number_format(Decimal(figure), decimal_pos=places, force_grouping=True)) + ellipsis


def number_of(step: Step, name: str) -> Fraction:
    """Return one operand of a step."""
    param: Param = step.params[name]
    assert isinstance(param, Fraction)
    return param
