"""Make the score sheets of a member who leaves count no longer."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from procurement.enums import SheetState
from procurement.models import CommitteeMember, ScoreSheet
from workflow.transitions import pass_through, use_case


@use_case
def void_sheets(*, member: CommitteeMember, actor: Any, now: datetime) -> list[ScoreSheet]:
    """Void every sheet of a member that counts, before the seat ends and in the act that ends it; they are kept."""
    counting = member.sheets.filter(state__in=(SheetState.DRAFT, SheetState.SIGNED)).select_related("call")
    return [pass_through(sheet, "void", actor=actor, now=now) for sheet in counting]
