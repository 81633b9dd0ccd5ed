"""Keep what an evaluator writes on a sheet: one mark with its comment, or the general comment."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from procurement import permissions
from procurement.models import Criterion, Score, ScoreSheet
from procurement.rules import sheets
from workflow import audit
from workflow.transitions import demand, demand_permission, use_case


@use_case
def save_mark(
    *, sheet: ScoreSheet, criterion: Criterion, mark: Decimal | None, comment: str, actor: Any, now: datetime
) -> Score:
    """Keep a mark (None: not given yet) on one's own unsigned sheet.

    Refuses a mark outside the criterion's scale, a criterion of another stage, a signed sheet and an ended seat.
    """
    locked = _to_write(sheet, actor=actor, now=now, act="save_mark")
    facts = sheets.MarkFacts(criterion.code, mark, criterion.maximum if _is_asked(locked, criterion) else None)
    demand(sheets.MARK, facts, subject=locked, act="save_mark")
    score = _keep(Score(sheet=locked, criterion=criterion, mark=mark, comment=comment))
    ScoreSheet.objects.filter(pk=locked.pk).update(saved_at=now)
    audit.record(locked, "save_mark", actor=actor, now=now, details={"criterion": criterion.pk})
    return score


@use_case
def save_sheet_comment(*, sheet: ScoreSheet, comment: str, actor: Any, now: datetime) -> ScoreSheet:
    """Keep the general comment of one's own unsigned sheet; refuses as save_mark does."""
    locked = _to_write(sheet, actor=actor, now=now, act="save_sheet_comment")
    ScoreSheet.objects.filter(pk=locked.pk).update(saved_at=now, general_comment=comment)
    audit.record(locked, "save_sheet_comment", actor=actor, now=now)
    return locked


def _to_write(sheet: ScoreSheet, *, actor: Any, now: datetime, act: str) -> ScoreSheet:
    """Lock one's own sheet; a mark on its way when the sheet is signed waits for the signature and is refused."""
    rows = ScoreSheet.objects.select_for_update(of=("self",))
    locked = rows.select_related("call", "application__interview", "member__declaration").get(pk=sheet.pk)
    demand_permission(permissions.own_sheet(locked, actor), subject=locked, act=act)
    locked.ask(now=now)
    demand(sheets.WRITE, locked.facts(sheets.ABOUT), subject=locked, act=act)
    return locked


def _keep(score: Score) -> Score:
    """Write a mark over the one that was there: one statement, for this is what an evaluator's page does all day."""
    written = ["mark", "comment"]
    (kept,) = Score.objects.bulk_create(
        [score], update_conflicts=True, unique_fields=["sheet", "criterion"], update_fields=written
    )
    return kept


def _is_asked(sheet: ScoreSheet, criterion: Criterion) -> bool:
    """Marks are given on criteria of the call and of the sheet's stage that have no parts."""
    if criterion.call_id != sheet.call_id or criterion.stage != sheet.stage:
        return False
    return not criterion.parts.exists()
