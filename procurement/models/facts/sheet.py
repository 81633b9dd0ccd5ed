"""The facts of a score sheet."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from procurement.enums import ApplicationState, CallState, SheetState, Stage
from procurement.rules.sheets import SheetFacts

if TYPE_CHECKING:
    from procurement.models import ScoreSheet

# From the consensus on, only those who replace a member still have a sheet to fill.
OPEN_STATES = {
    Stage.FILE: (CallState.EVALUATION, CallState.CONSENSUS, CallState.INTERVIEW),
    Stage.INTERVIEW: (CallState.INTERVIEW, CallState.CONSENSUS),
}
BLIND = {Stage.FILE: CallState.EVALUATION, Stage.INTERVIEW: CallState.INTERVIEW}


def sheet_facts(sheet: ScoreSheet, *, now: datetime) -> SheetFacts:
    """Gather what writing and signing a sheet depend on."""
    stage = Stage(sheet.stage)
    criteria = list(sheet.call.criteria.filter(stage=sheet.stage, parts=None))
    scores = {score.criterion_id: score for score in sheet.scores.all()}
    minimum = int(sheet.call.rules.get("comment_minimum", 0))
    given = {c: scores[c.pk] for c in criteria if c.pk in scores and scores[c.pk].mark is not None}
    return SheetFacts(
        stage_open=sheet.call.state in OPEN_STATES[stage] and sheet.application.state == ApplicationState.COMPLIANT,
        seated=sheet.member.ended_at is None,
        declared=hasattr(sheet.member, "declaration") and not sheet.member.declaration.conflict,
        signed=sheet.state in (SheetState.SIGNED, SheetState.SUPERSEDED),
        heard=stage == Stage.FILE or _heard(sheet, now=now),
        marks_shared=sheet.call.state != BLIND[stage],
        unmarked=tuple(c.code for c in criteria if c not in given),
        too_high=tuple(c.code for c, score in given.items() if not c.accepts(score.mark)),
        uncommented=tuple(c.code for c, score in given.items() if len(score.comment.strip()) < minimum),
        comment_minimum=minimum,
    )


def _heard(sheet: ScoreSheet, *, now: datetime) -> bool:
    interview = getattr(sheet.application, "interview", None)
    return interview is not None and interview.takes_place_at is not None and interview.takes_place_at <= now
