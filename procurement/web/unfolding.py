"""A total opened down to the marks: each number with its formula, its exact value and the numbers it is made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from procurement.queries.mark_table import MarkTable
from procurement.queries.run import ReadRun, total_of
from procurement.scoring.explanation import Explanation
from procurement.scoring.steps import Step
from procurement.web.figures import is_rounded, number_of, shown, whole
from procurement.web.formulas import formula, mark_formula


@dataclass(frozen=True)
class Unfold:
    """One number: its text, what it is, how it came about; `table` holds marks, `parts` the numbers inside."""

    figure: str
    label: str
    formula: SafeString
    notes: tuple[str, ...] = ()
    table: MarkTable | None = None
    parts: tuple[Unfold, ...] = field(default=())


def unfold(read: ReadRun, label: str, *, table: MarkTable | None) -> Unfold:
    """Open the total of one ranked application."""
    line = read.lines[label]
    if line.combined is None:
        return _mark(read, line, table)
    return Unfold(
        figure=shown(total_of(line)),
        label=_("total of %(label)s") % {"label": label},
        formula=formula(line.combined),
        notes=(*_exact(total_of(line)), *_weights(read)),
        parts=tuple(_parts(read, line, table)),
    )


def _parts(read: ReadRun, line: Explanation, table: MarkTable | None) -> list[Unfold]:
    assert line.technical_score is not None
    parts = [_technical(read, line, line.technical_score, table)]
    if line.financial_score is not None:
        parts.append(_financial(read, line, line.financial_score))
    return parts


def _technical(read: ReadRun, line: Explanation, score: Step, table: MarkTable | None) -> Unfold:
    mark = _mark(read, line, table)
    if score.code == "technical.none":
        return mark
    notes = _exact(score.value)
    if score.code == "technical.best":
        notes = (_best(read, line), *notes)
    return Unfold(
        figure=shown(score.value), label=_("technical score"), formula=formula(score), notes=notes, parts=(mark,)
    )


def _best(read: ReadRun, line: Explanation) -> str:
    best = max(other.technical or Fraction() for other in read.lines.values())
    owners = [ref for ref, other in read.lines.items() if other.technical == best]
    return _whose(line.ref, owners, own=_("%(figure)s is its own mark, the best in the race"),
                  others=_("%(figure)s is the best mark in the race, that of %(labels)s"), figure=shown(best))  # fmt: skip


def _mark(read: ReadRun, line: Explanation, table: MarkTable | None) -> Unfold:
    step = list(line.mark())[-1]
    limit = read.problem.technical.threshold
    return Unfold(
        figure=shown(step.value, limit=limit),
        label=_("technical mark of %(label)s") % {"label": line.ref},
        formula=mark_formula(step, read.problem),
        notes=_exact(step.value),
        table=table,
    )


def _financial(read: ReadRun, line: Explanation, score: Step) -> Unfold:
    notes: tuple[str, ...] = ()
    if "lowest" in score.params:
        lowest = number_of(score, "lowest")
        owners = [ref for ref, other in read.lines.items() if other.price == lowest]
        notes = (
            _whose(line.ref, owners, own=_("%(labels)s has the lowest price in the race"),
                   others=_("%(figure)s is the lowest price in the race, that of %(labels)s"), figure=shown(lowest)),
        )  # fmt: skip
    return Unfold(
        figure=shown(score.value),
        label=_("financial score"),
        formula=formula(score),
        notes=(*notes, *_exact(score.value)),
    )


def _whose(label: str, owners: Sequence[str], *, own: str, others: str, figure: str) -> str:
    sentence = own if label in owners else others
    labels = label if label in owners else ", ".join(owners)
    return sentence % {"figure": figure, "labels": labels}


def _exact(value: Fraction) -> tuple[str, ...]:
    return (_("exact value %(value)s") % {"value": whole(value)},) if is_rounded(value) else ()


def _weights(read: ReadRun) -> tuple[str, ...]:
    return (_("weights of the published notice"),) if read.problem.weights else ()
