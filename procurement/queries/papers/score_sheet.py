"""The facts of one evaluator's sheet for one application, as it was signed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from procurement.enums import PaperKind, SheetState, Stage
from procurement.letters import facts
from procurement.letters import score_sheet as sheet
from procurement.letters.words import kinds
from procurement.letters.words.phrase import Phrase, say
from procurement.models import Call, ScoreSheet
from procurement.queries.papers.frame import applicant_facts, call_facts, language_of, member_facts
from procurement.queries.papers.terms import criteria_facts

FILE, INTERVIEW = Phrase("D", "F"), Phrase("E", "I")  # on file, at the interview: the last part of a sheet's reference


def signed_after(call: Call, *, stage: Stage, after: int, most: int) -> list[ScoreSheet]:
    """Return the next signed sheets of a stage, in the order in which they were made."""
    rows = call.sheets.filter(stage=stage, state=SheetState.SIGNED, pk__gt=after).order_by("pk")
    people = rows.select_related("application__user", "application__organisation", "member__user")
    return list(people.prefetch_related("scores__criterion")[:most])


def numbers_written(call: Call, sheets: Iterable[ScoreSheet]) -> set[str]:
    """Return the references of the papers that exist for the authors and applications of these sheets."""
    sheets = list(sheets)
    papers = call.papers.filter(
        kind=PaperKind.SCORE_SHEET,
        application__in=[one.application_id for one in sheets],
        member__in={one.member_id for one in sheets},
    )
    return set(papers.values_list("facts__number", flat=True))


def number(call: Call, signed: ScoreSheet) -> str:
    """Return the reference of a sheet's paper: whose, on what, at which stage, which version."""
    stage = say(INTERVIEW if signed.stage == Stage.INTERVIEW else FILE, language_of(call))
    return f"{call.reference}/G-{signed.member.label}-{signed.application.label}-{stage}{signed.version}"


def score_sheet(call: Call, signed: ScoreSheet, *, now: datetime) -> sheet.ScoreSheet:
    """Return the facts of a signed sheet; marks of the other stage are on a sheet of their own."""
    heading = call_facts(call)
    criteria = tuple(_of_stage(one, signed) for one in criteria_facts(call, language=heading.language))
    asked = tuple(one for one in criteria if one is not None)
    scores = sorted(signed.scores.all(), key=lambda score: score.criterion.code)
    marks = tuple(
        facts.Mark(code=score.criterion.code, mark=score.mark, comment=score.comment)
        for score in scores
        if score.mark is not None
    )
    return sheet.ScoreSheet(
        call=heading,
        number=number(call, signed),
        issued_at=now,
        evaluator=member_facts(signed.member),
        applicant=applicant_facts(signed.application),
        criteria=asked,
        marks=marks,
        total=sum((mark.mark for mark in marks), Decimal(0)),
        maximum=sum((one.maximum for one in asked), Decimal(0)) or Decimal(100),
        version=signed.version,
        reopened=signed.reopen_reason,
        strengths=signed.general_comment,
        signature=_signature(signed, language=heading.language),
    )


def _of_stage(criterion: facts.Criterion, signed: ScoreSheet) -> facts.Criterion | None:
    return criterion if criterion.interview == (signed.stage == Stage.INTERVIEW) else None


def _signature(signed: ScoreSheet, *, language: facts.Language) -> facts.Signature:
    return facts.Signature(
        name=str(signed.member.user),
        title=say(kinds.ROLES["evaluator"], language),
        organisation=signed.member.organisation_name,
        signed_at=signed.signed_at,
        sha256=signed.sha256,
    )
