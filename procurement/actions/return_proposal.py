"""Send a proposed award back to the committee."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from procurement.actions.tell import tell
from procurement.enums import Seat
from procurement.models import Call
from procurement.rules import reasons
from workflow.transitions import demand, pass_through, use_case


@use_case
def return_proposal(*, call: Call, reason: str, actor: Any, now: datetime) -> Call:
    """Send the proposal back to the committee; refuses without a reason of 20 characters."""
    returned = pass_through(call, "return_proposal", actor=actor, now=now, reason=reason.strip())
    demand(reasons.GIVEN, reasons.ReasonFacts(reason), subject=call, act="return_proposal")
    leaders = returned.members.filter(ended_at=None, seat__in=(Seat.CHAIR, Seat.SECRETARY)).select_related("user")
    for member in leaders:
        key = f"{returned.pk}:{now.isoformat()}"
        tell(kind="proposal_returned", to=member.user, key=key, now=now, call=returned, reason=reason.strip())
    return returned
