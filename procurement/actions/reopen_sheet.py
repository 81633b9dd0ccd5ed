"""Let an evaluator correct a signed sheet: a new version, the old one kept."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from procurement.actions.tell import tell
from procurement.models import Score, ScoreSheet
from procurement.rules import reasons
from workflow import audit
from workflow.transitions import demand, pass_through, use_case


@use_case
def reopen_sheet(*, sheet: ScoreSheet, reason: str, actor: Any, now: datetime) -> ScoreSheet:
    """Replace a signed sheet by a copy that its author can change; the chair says why.

    Refuses a reason too short, and a sheet whose marks the panel has seen.
    """
    demand(reasons.GIVEN, reasons.ReasonFacts(reason), subject=sheet, act="reopen_sheet")
    old = pass_through(sheet, "supersede", actor=actor, now=now, reason=reason.strip())
    new = ScoreSheet.objects.create(
        call=old.call,
        application=old.application,
        member=old.member,
        stage=old.stage,
        version=old.version + 1,
        general_comment=old.general_comment,
        reopened_by=actor,
        reopen_reason=reason.strip(),
    )
    Score.objects.bulk_create(
        Score(sheet=new, criterion_id=score.criterion_id, mark=score.mark, comment=score.comment)
        for score in old.scores.all()
    )
    audit.record(new, "reopen_sheet", actor=actor, now=now, details={"replaces": old.pk})
    tell(
        kind="sheet_reopened", to=old.member.user, call=old.call, application=old.application, key=str(new.pk), now=now,
        reason=new.reopen_reason,
    )  # fmt: skip
    return new
