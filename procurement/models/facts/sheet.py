"""The facts of a score sheet."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from procurement.enums import ApplicationState, CallState, SheetState, Stage
from procurement.rules.sheets import SheetFacts

if TYPE_CHECKING:
    from procurement.models import ScoreSheet

OPEN_STAGE = {Stage.FILE: CallState.EVALUATION, Stage.INTERVIEW: CallState.INTERVIEW}


def sheet_facts(sheet: ScoreSheet, *, now: datetime) -> SheetFacts:
    """Gather what writing and signing a sheet depend on."""
    criteria = list(sheet.call.criteria.filter(stage=sheet.stage, parts=None))
    scores = {score.criterion_id: score for score in sheet.scores.all()}
    minimum = int(sheet.call.rules.get("comment_minimum", 0))
    given = {c: scores[c.pk] for c in criteria if c.pk in scores and scores[c.pk].mark is not None}
    return SheetFacts(
        stage_open=sheet.call.state == OPEN_STAGE[Stage(sheet.stage)]
        and sheet.application.state == ApplicationState.COMPLIANT,
        seated=sheet.member.ended_at is None,
        declared=hasattr(sheet.member, "declaration") and not sheet.member.declaration.conflict,
        draft=sheet.state == SheetState.DRAFT,
        unmarked=tuple(c.code for c in criteria if c not in given),
        too_high=tuple(c.code for c, score in given.items() if not c.accepts(score.mark)),
        uncommented=tuple(c.code for c, score in given.items() if len(score.comment.strip()) < minimum),
        comment_minimum=minimum,
    )
