"""From score sheets to one technical mark: the sum of each sheet, then one number for the panel."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from procurement.scoring.terms import Aggregate, Application, Criterion


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionMark:
    """What each evaluator gave for one criterion, in the order of PanelMark.evaluators, and the panel's mark for it."""

    criterion: Criterion
    marks: tuple[Fraction, ...]
    value: Fraction

    @property
    def reached(self) -> bool:
        return self.criterion.minimum is None or self.value >= self.criterion.minimum


@dataclass(frozen=True, slots=True, kw_only=True)
class PanelMark:
    """A technical mark with all it comes from; a mark given as a total has neither evaluators nor criteria."""

    value: Fraction
    aggregate: Aggregate | None = None
    evaluators: tuple[str, ...] = ()
    totals: tuple[Fraction, ...] = ()
    criteria: tuple[CriterionMark, ...] = ()

    def criterion(self, code: str) -> Fraction | None:
        return next((each.value for each in self.criteria if each.criterion.code == code), None)


def panel_mark(application: Application, *, criteria: Sequence[Criterion], aggregate: Aggregate) -> PanelMark | None:
    """Reckon the technical mark of an application; None when there is neither a sheet nor a total."""
    if not application.marks:
        return None if application.technical is None else PanelMark(value=application.technical)
    evaluators = tuple(sorted(application.marks))
    sheets = [application.marks[evaluator] for evaluator in evaluators]
    totals = tuple(sheet_total(sheet, criteria=criteria) for sheet in sheets)
    combined = AGGREGATES[aggregate]
    rows = []
    for criterion in criteria:
        marks = tuple(sheet[criterion.code] for sheet in sheets)
        rows.append(CriterionMark(criterion=criterion, marks=marks, value=combined(marks)))
    return PanelMark(
        value=combined(totals), aggregate=aggregate, evaluators=evaluators, totals=totals, criteria=tuple(rows)
    )


def sheet_total(sheet: Mapping[str, Fraction], *, criteria: Sequence[Criterion]) -> Fraction:
    """Sum one evaluator's marks, each times the weight of its criterion."""
    return sum((criterion.weight * sheet[criterion.code] for criterion in criteria), Fraction())


def mean(values: Sequence[Fraction]) -> Fraction:
    return sum(values, Fraction()) / len(values)


def median(values: Sequence[Fraction]) -> Fraction:
    ordered, middle = sorted(values), len(values) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


def trimmed_mean(values: Sequence[Fraction]) -> Fraction:
    """Take the mean without the highest and the lowest value; at least three are needed."""
    return mean(sorted(values)[1:-1])


AGGREGATES: Mapping[Aggregate, Callable[[Sequence[Fraction]], Fraction]] = {
    Aggregate.MEAN: mean,
    Aggregate.MEDIAN: median,
    Aggregate.TRIMMED_MEAN: trimmed_mean,
}


def outliers(values: Sequence[Fraction], *, tolerance: Fraction) -> tuple[Fraction, ...]:
    """Name the values further from the median than the tolerance: a warning to the chair, never a decision."""
    centre = median(values)
    return tuple(value for value in values if abs(value - centre) > tolerance)
