"""Share the marks inside the panel once every expected sheet is signed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from procurement.actions.tell import tell
from procurement.actions.write_score_sheets import ask_for_score_sheets
from procurement.enums import ApplicationState, CallState, Seat, SheetState, Stage
from procurement.models import Call, Consensus
from workflow.transitions import objections, pass_through, use_case

PANEL = (Seat.CHAIR, Seat.SECRETARY, Seat.EVALUATOR)


@use_case
def start_consensus(*, call: Call, actor: Any, now: datetime) -> Call:
    """Pass to the consensus; refuses while a sheet of the expected set (members x compliant) is missing."""
    moved = pass_through(call, "start_consensus", actor=actor, now=now)
    compliant = moved.applications.filter(state=ApplicationState.COMPLIANT, consensus=None)
    Consensus.objects.bulk_create([Consensus(application=one) for one in compliant], batch_size=1000)
    ask_for_score_sheets(moved, stage=Stage.FILE, now=now)
    for member in moved.members.filter(ended_at=None, seat__in=PANEL).select_related("user"):
        tell(kind="marks_shared", to=member.user, call=moved, key=str(moved.pk), now=now)
    return moved


def disclose_when_complete(*, call: Call, now: datetime) -> None:
    """Pass by itself when nothing stands against it; a missing sheet leaves the call where it is.

    The caller holds the call: of two last signatures at once, the second sees the first.
    """
    if call.state != CallState.EVALUATION:
        return
    if _somebody_still_writes(call):
        return
    present = Call.objects.get(pk=call.pk)
    if present.state == CallState.EVALUATION and not objections(present, "start_consensus", now=now):
        start_consensus(call=present, actor=None, now=now)


def _somebody_still_writes(call: Call) -> bool:
    """One look that spares gathering the expected set at each signature; the guard compares with the whole set."""
    unsigned = call.sheets.filter(stage=Stage.FILE, state=SheetState.DRAFT, member__ended_at=None)
    return bool(unsigned.filter(application__state=ApplicationState.COMPLIANT).exists())
