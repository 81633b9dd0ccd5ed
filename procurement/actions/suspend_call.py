"""Stop the collection for a while, and go on with it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from procurement.actions.tell_applicants import ask_to_tell_applicants
from procurement.models import Call, PublishedDeadline
from procurement.rules import reasons
from procurement.rules.timeline import moved_with_deadline
from workflow.transitions import demand, pass_through, use_case

LATER_DATES = ("opening_at", "compliance_at", "scoring_until", "financial_opening_at", "decision_at")
LATER_DAYS = ("interviews_from", "interviews_until", "contract_at")


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
    call.hold()
    locked = Call.objects.select_for_update(of=("self",)).get(pk=call.pk)
    _move_dates(locked, new_deadline)
    resumed = pass_through(locked, "resume", actor=actor, now=now, reason=reason.strip())
    PublishedDeadline.objects.create(
        call=resumed, deadline=new_deadline, published_at=now, published_by=actor, reason=reason.strip()
    )
    ask_to_tell_applicants(call=resumed, kind="call_resumed", now=now, reason=reason.strip())
    return resumed


def _move_dates(call: Call, new_deadline: datetime) -> None:
    former = call.deadline or new_deadline
    names = [name for name in (*LATER_DATES, *LATER_DAYS) if getattr(call, name) is not None]
    for name in names:
        moved = moved_with_deadline(getattr(call, name), former=former, new=new_deadline, zone=call.timezone)
        setattr(call, name, moved)
    call.deadline = new_deadline
    call.save(update_fields=["deadline", *names])
