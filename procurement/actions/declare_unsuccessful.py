"""End a call because nobody is left in the race."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from accounts.enums import Role
from procurement.actions.tell import tell
from procurement.actions.write_end_notice import write_end_notice
from procurement.models import Call
from procurement.queries.people import holders_of
from procurement.rules import reasons
from workflow.transitions import demand, pass_through, use_case


@use_case
def declare_unsuccessful(*, call: Call, reason: str, actor: Any, now: datetime) -> Call:
    """End the call with a public reason; refuses while an application is in the race, and before the opening."""
    ended = pass_through(call, "declare_unsuccessful", actor=actor, now=now, reason=reason.strip())
    demand(reasons.GIVEN, reasons.ReasonFacts(reason), subject=call, act="declare_unsuccessful")
    ended.end_reason = reason.strip()
    ended.save(update_fields=["end_reason"])
    write_end_notice(call=ended, actor=actor, now=now)
    for officer in holders_of(ended, Role.OFFICER):
        tell(kind="call_unsuccessful", to=officer, key=str(ended.pk), now=now, call=ended)
    return ended
