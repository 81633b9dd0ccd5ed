"""End a call because nobody is left in the race."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from accounts.enums import Role
from procurement.actions.tell import tell
from procurement.actions.write_paper import write_paper
from procurement.enums import PaperKind
from procurement.models import Call
from procurement.queries.papers.cancellation_notice import cancellation_notice
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


def write_end_notice(*, call: Call, actor: Any, now: datetime) -> None:
    """Have the public notice of an end without award written, for a call that the public has seen."""
    if call.published_at is None:
        return
    write_paper(
        call=call, kind=PaperKind.CANCELLATION_NOTICE, template="cancellation_notice",
        paper_facts=cancellation_notice(call, now=now), actor=actor, now=now,
    )  # fmt: skip
