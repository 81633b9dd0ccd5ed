"""Create the score sheets that are expected."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from procurement.enums import ApplicationState, CallState, Seat, SheetState, Stage
from procurement.models import Call, CommitteeMember, ScoreSheet
from workflow import audit
from workflow.transitions import use_case

# From the consensus on, who replaces a member marks what the others have marked.
STAGES = {
    CallState.EVALUATION: (Stage.FILE,),
    CallState.CONSENSUS: (Stage.FILE, Stage.INTERVIEW),
    CallState.INTERVIEW: (Stage.FILE, Stage.INTERVIEW),
}


@use_case
def create_sheets(
    *, call: Call, stage: Stage, members: Iterable[CommitteeMember], actor: Any, now: datetime
) -> list[ScoreSheet]:
    """Create the sheets that each evaluator owes at a stage: the compliant applications, at the interview those invited.

    Sheets that exist are left as they are. Part of the act that opens the stage or seats the member.
    """
    applications = call.applications.filter(state=ApplicationState.COMPLIANT)
    if stage == Stage.INTERVIEW:
        applications = applications.filter(invited=True)
    live = call.sheets.filter(stage=stage, state__in=(SheetState.DRAFT, SheetState.SIGNED))
    known = set(live.values_list("member_id", "application_id"))
    owed = [
        ScoreSheet(call=call, application=application, member=member, stage=stage)
        for application in applications.order_by("id")
        for member in members
        if (member.pk, application.pk) not in known
    ]
    created = ScoreSheet.objects.bulk_create(owed, batch_size=1000)
    details = {"stage": str(stage), "sheets": [sheet.pk for sheet in created]}
    audit.record(call, "create_sheets", actor=actor, now=now, details=details)
    return created


def create_sheets_of(member: CommitteeMember, *, actor: Any, now: datetime) -> list[ScoreSheet]:
    """Create the sheets of an evaluator who joined while a stage was open, or after the marks were shared."""
    if member.seat != Seat.EVALUATOR:
        return []
    stages = STAGES.get(CallState(member.call.state), ())
    return [
        sheet
        for stage in stages
        for sheet in create_sheets(call=member.call, stage=stage, members=[member], actor=actor, now=now)
    ]


def evaluators_of(call: Call) -> list[CommitteeMember]:
    """Return the voting members who declared no conflict with this list."""
    voting = call.members.filter(ended_at=None, seat=Seat.EVALUATOR, declaration__conflict=False)
    return list(voting.order_by("label", "id"))
