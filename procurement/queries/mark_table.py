"""The marks behind a technical mark: the record's own, and under each the parts that the signed sheets hold."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from procurement.models import Call, Criterion
from procurement.models.marks import signed_marks
from procurement.queries.kept_marks import counts_consensus
from procurement.queries.problem import consensus_marks
from procurement.scoring.explanation import Explanation

CONSENSUS = "consensus"  # the one name under which agreed marks stand in a problem


@dataclass(frozen=True)
class MarkRow:
    """One criterion, or a part of one; `marks` in the order of the evaluators, None where a sheet has none."""

    code: str
    title: Mapping[str, str]
    maximum: Decimal | None
    part: bool
    marks: tuple[Fraction | None, ...]
    mean: Fraction | None
    agreed: Fraction | None


@dataclass(frozen=True)
class MarkTable:
    """Every mark of one application; `faithful` when the sheets still add up to what the record says."""

    evaluators: tuple[str, ...]
    rows: tuple[MarkRow, ...]
    totals: tuple[Fraction, ...]
    mean: Fraction | None
    agreed: Fraction | None
    counts_consensus: bool
    faithful: bool

    @property
    def leaves(self) -> tuple[MarkRow, ...]:
        """Return the rows on which marks were given: parts, and criteria without parts."""
        divided = {
            self.rows[at - 1].code for at, row in enumerate(self.rows) if row.part and not self.rows[at - 1].part
        }
        return tuple(row for row in self.rows if row.code not in divided)


@dataclass(frozen=True)
class Marks:
    """The rows that several tables are built from, read once."""

    tops: tuple[Criterion, ...]
    parts: Mapping[int, tuple[Criterion, ...]]
    sheets: Mapping[int, Mapping[str, Mapping[str, Decimal]]]
    agreed: Mapping[int, Mapping[str, Decimal]]
    counts_consensus: bool


def marks_for(call: Call, *, among: Collection[int]) -> Marks:
    """Read the criteria and the marks of some applications, in three readings whatever their number."""
    criteria = list(call.criteria.all())
    agreed = {pk: sheets[CONSENSUS] for pk, sheets in consensus_marks(call, among=among).items()}
    return Marks(
        tops=tuple(c for c in criteria if c.parent_id is None),
        parts={
            top.pk: tuple(c for c in criteria if c.parent_id == top.pk) for top in criteria if top.parent_id is None
        },
        sheets=signed_marks(call, among=among),
        agreed=agreed,
        counts_consensus=counts_consensus(call),
    )


def mark_table(marks: Marks, *, application_id: int, line: Explanation) -> MarkTable:
    """Lay out the marks of one application and hold them against its line in the record."""
    sheets, agreed = marks.sheets.get(application_id, {}), marks.agreed.get(application_id, {})
    evaluators = tuple(sorted(sheets))
    rows = [row for top in marks.tops for row in _rows(top, marks.parts[top.pk], sheets, agreed, evaluators)]
    tops = [row for row in rows if not row.part]
    totals = tuple(sum((row.marks[at] or Fraction() for row in tops), Fraction()) for at in range(len(evaluators)))
    table = MarkTable(
        evaluators=evaluators,
        rows=tuple(rows),
        totals=totals,
        mean=sum(totals, Fraction()) / len(totals) if totals else None,
        agreed=sum((row.agreed or Fraction() for row in tops), Fraction()) if agreed else None,
        counts_consensus=marks.counts_consensus,
        faithful=False,
    )
    return _checked(table, line)


def _rows(
    top: Criterion,
    parts: tuple[Criterion, ...],
    sheets: Any,
    agreed: Mapping[str, Decimal],
    evaluators: tuple[str, ...],
) -> list[MarkRow]:
    leaves = parts or (top,)
    rows = [_leaf(leaf, sheets, agreed, evaluators, part=bool(parts)) for leaf in leaves]
    if not parts:
        return rows
    columns = list(zip(*(row.marks for row in rows), strict=True))
    marks = tuple(sum((mark or Fraction() for mark in column), Fraction()) for column in columns)
    summed = [row.agreed for row in rows if row.agreed is not None]
    own = _row(top, marks, sum(summed, Fraction()) if summed else None, part=False)
    return [own, *rows]


def _leaf(
    leaf: Criterion, sheets: Any, agreed: Mapping[str, Decimal], evaluators: tuple[str, ...], *, part: bool
) -> MarkRow:
    given = tuple(Fraction(sheets[name][leaf.code]) if leaf.code in sheets[name] else None for name in evaluators)
    return _row(leaf, given, Fraction(agreed[leaf.code]) if leaf.code in agreed else None, part=part)


def _row(criterion: Criterion, marks: tuple[Fraction | None, ...], agreed: Fraction | None, *, part: bool) -> MarkRow:
    known = [mark for mark in marks if mark is not None]
    mean = sum(known, Fraction()) / len(known) if known else None
    return MarkRow(criterion.code, criterion.title, criterion.maximum, part, marks, mean, agreed)


def _checked(table: MarkTable, line: Explanation) -> MarkTable:
    """Compare criterion by criterion and evaluator by evaluator with the marks that the engine was given."""
    recorded = line.application.marks
    tops = [row for row in table.rows if not row.part]
    if table.counts_consensus:
        shown: Any = {CONSENSUS: {row.code: row.agreed or Fraction() for row in tops}}
    else:
        shown = {
            name: {row.code: row.marks[at] or Fraction() for row in tops} for at, name in enumerate(table.evaluators)
        }
    faithful = shown == {name: dict(codes) for name, codes in recorded.items()}
    return MarkTable(**{**table.__dict__, "faithful": faithful})
