"""End a call because nobody is left in the race."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from procurement.actions.tell_of_the_end import tell_of_the_end
from procurement.models import Call
from procurement.rules import reasons
from workflow.transitions import demand, pass_through, use_case


@use_case
def declare_unsuccessful(*, call: Call, reason: str, actor: Any, now: datetime) -> Call:
    """End the call with a public reason; refuses while an application is in the race, and before the opening."""
    ended = pass_through(call, "declare_unsuccessful", actor=actor, now=now, reason=reason.strip())
    demand(reasons.GIVEN, reasons.ReasonFacts(reason), subject=call, act="declare_unsuccessful")
    ended.end_reason = reason.strip()
    ended.save(update_fields=["end_reason"])
    tell_of_the_end(call=ended, actor=actor, now=now)
    return ended
