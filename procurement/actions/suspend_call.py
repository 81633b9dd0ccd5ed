"""Stop the collection for a while, and go on with it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from procurement.actions.later_dates import move_dates, publish_deadline
from procurement.actions.tell_applicants import ask_to_tell_applicants
from procurement.models import Call
from procurement.models.holding import hold_call
from procurement.rules import publication, reasons
from workflow.transitions import demand, may, pass_through, use_case


@use_case
def suspend_call(*, call: Call, reason: str, actor: Any, now: datetime) -> Call:
    """Suspend a published call, with a reason that everybody who prepares an application is told."""
    demand(reasons.GIVEN, reasons.ReasonFacts(reason), subject=call, act="suspend_call")
    suspended = pass_through(call, "suspend", actor=actor, now=now, reason=reason.strip())
    ask_to_tell_applicants(call=suspended, kind="call_suspended", now=now, reason=reason.strip())
    return suspended


@use_case
def resume_call(*, call: Call, new_deadline: datetime, reason: str, actor: Any, now: datetime) -> Call:
    """Collect again until a deadline moved by at least the suspended time; the later dates move by as many days."""
    demand(reasons.GIVEN, reasons.ReasonFacts(reason), subject=call, act="resume_call")
    locked = hold_call(call)
    _demand_later(locked, new_deadline, actor=actor, now=now)
    move_dates(call=locked, new_deadline=new_deadline)
    resumed = pass_through(locked, "resume", actor=actor, now=now, reason=reason.strip())
    publish_deadline(call=resumed, reason=reason.strip(), actor=actor, now=now)
    ask_to_tell_applicants(call=resumed, kind="call_resumed", now=now, reason=reason.strip())
    return resumed


def _demand_later(call: Call, new_deadline: datetime, *, actor: Any, now: datetime) -> None:
    """Refuse what the door would refuse before anything is written: the database lets no deadline move earlier."""
    if not may(call, "resume", actor=actor):
        pass_through(call, "resume", actor=actor, now=now)  # which says why not
    former, call.deadline = call.deadline, new_deadline
    call.ask(now=now)
    demand(tuple(publication.RESUMABLE), call.facts(publication.ABOUT), subject=call, act="resume_call")
    call.deadline = former
