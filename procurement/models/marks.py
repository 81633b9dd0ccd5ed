"""Marks gathered from signed sheets, exactly: sums by evaluator, means by application."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from procurement.enums import SheetState, Stage

if TYPE_CHECKING:
    from procurement.models import Call

# application -> evaluator label -> criterion code -> mark
Marks = dict[int, dict[str, dict[str, Decimal]]]


def signed_marks(call: Call, *, stage: Stage | None = None, among: Collection[int] | None = None) -> Marks:
    """Return every mark of the signed sheets of a call, of one stage or of all, of some applications or of all."""
    from procurement.models import Score

    scores = Score.objects.filter(sheet__call=call, sheet__state=SheetState.SIGNED, mark__isnull=False)
    if stage:
        scores = scores.filter(sheet__stage=stage)
    if among is not None:
        scores = scores.filter(sheet__application__in=among)
    marks: Marks = defaultdict(lambda: defaultdict(dict))
    for application, label, code, mark in scores.values_list(
        "sheet__application_id", "sheet__member__label", "criterion__code", "mark"
    ):
        marks[application][label][code] = mark
    return marks


def mean_marks(call: Call, *, stage: Stage | None = None, among: Collection[int] | None = None) -> dict[int, Fraction]:
    """Return the mean of the evaluators' totals for each application, unrounded."""
    return {
        application: Fraction(sum(sum(map(Fraction, by_code.values())) for by_code in sheets.values()), 1) / len(sheets)
        for application, sheets in signed_marks(call, stage=stage, among=among).items()
    }
