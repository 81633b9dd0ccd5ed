"""Send a call back to its draft."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from procurement.actions.tell import tell
from procurement.models import Call
from procurement.rules import reasons
from workflow.transitions import demand, pass_through, use_case


@use_case
def return_call(*, call: Call, reason: str, actor: Any, now: datetime) -> Call:
    """Return a call to its drafter with a reason of 20 characters at least; the rules that were frozen thaw."""
    demand(reasons.GIVEN, reasons.ReasonFacts(reason), subject=call, act="return_call")
    returned = pass_through(call, "return_to_draft", actor=actor, now=now, reason=reason.strip())
    if returned.created_by_id != actor.pk:
        tell(
            kind="call_returned", to=returned.created_by, key=f"{returned.pk}:{now.isoformat()}", now=now,
            call=returned, reason=reason.strip(),
        )  # fmt: skip
    return returned
