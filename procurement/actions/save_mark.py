"""Keep one mark and its comment while the evaluator writes."""

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
    """Keep a mark (None: not given yet) on one's own unsigned sheet; refuses a mark outside the criterion's scale."""
    sheet = ScoreSheet.objects.select_for_update(of=("self",)).select_related("call", "member").get(pk=sheet.pk)
    demand_permission(permissions.own_sheet(sheet, actor), subject=sheet, act="save_mark")
    sheet.ask(now=now)
    demand(sheets.WRITE, sheet.facts(sheets.ABOUT), subject=sheet, act="save_mark")
    demand(sheets.MARK, sheets.MarkFacts(criterion.code, mark, criterion.maximum), subject=sheet, act="save_mark")
    score, _created = Score.objects.update_or_create(
        sheet=sheet, criterion=criterion, defaults={"mark": mark, "comment": comment}
    )
    ScoreSheet.objects.filter(pk=sheet.pk).update(saved_at=now)
    audit.record(sheet, "save_mark", actor=actor, now=now, details={"criterion": criterion.pk})
    return score
