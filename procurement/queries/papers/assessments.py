"""What the panel made of the applications, as facts of the letters: marks that count, sheets, what was written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction

from procurement.enums import ApplicationState
from procurement.letters.assessments import Assessment, Sheet
from procurement.letters.facts import Mark
from procurement.models import Application, Call
from procurement.queries.kept_marks import Kept, counts_consensus, kept_marks
from procurement.queries.papers.frame import applicant_facts
from procurement.queries.run import exact

FAILED = (ApplicationState.BELOW_THRESHOLD,)


def assessments(call: Call) -> tuple[Assessment, ...]:
    """Return the technical result of every application that a panel marked, in order of labels."""
    kept, by_consensus = kept_marks(call), counts_consensus(call)
    marked = call.applications.filter(pk__in=kept).select_related("user", "organisation").order_by("id")
    return tuple(_assessment(one, kept[one.pk], by_consensus=by_consensus) for one in marked)


def _assessment(application: Application, kept: Kept, *, by_consensus: bool) -> Assessment:
    marks = kept.marks(by_consensus=by_consensus)
    return Assessment(
        applicant=applicant_facts(application),
        marks=mark_facts(marks, kept),
        total=exact(sum(marks.values(), Fraction())),
        passed=application.state not in FAILED,
        sheets=tuple(_sheet(name, codes, kept.comments.get(name, {})) for name, codes in sorted(kept.sheets.items())),
        consensus=kept.said(),
    )


def mark_facts(marks: Mapping[str, Fraction], kept: Kept) -> tuple[Mark, ...]:
    """Return the marks that count, by code, each with its reasons and without names."""
    return tuple(
        Mark(code=code, mark=exact(value), comment=kept.words_for(code)) for code, value in sorted(marks.items())
    )


def _sheet(name: str, codes: Mapping[str, Decimal], comments: Mapping[str, str]) -> Sheet:
    given = tuple(Mark(code=code, mark=mark, comment=comments.get(code, "")) for code, mark in sorted(codes.items()))
    return Sheet(evaluator=name, total=_sum(codes.values()), marks=given)


def _sum(marks: Iterable[Decimal]) -> Decimal:
    return sum(marks, Decimal(0))
