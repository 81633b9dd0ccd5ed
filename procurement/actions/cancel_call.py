"""Cancel a call: one person asks, with a reason, another decides."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from procurement import permissions
from procurement.actions.tell import tell
from procurement.actions.tell_applicants import ask_to_tell_applicants
from procurement.actions.tell_of_the_end import tell_of_the_end
from procurement.models import Call, Cancellation, PieceRelease
from procurement.queries.people import authorities_of
from procurement.rules import cancelling, reasons
from workflow import audit
from workflow.transitions import demand, demand_permission, pass_through, use_case


@use_case
def ask_cancellation(*, call: Call, reason: str, actor: Any, now: datetime) -> Cancellation:
    """Ask the authority to cancel, with the reason that becomes public when it does; one request at a time."""
    locked = Call.objects.select_for_update(of=("self",)).get(pk=call.pk)
    demand_permission(permissions.ask_cancellation(locked, actor), subject=locked, act="ask_cancellation")
    facts = cancelling.CancellationFacts(state=locked.state, asked=hasattr(locked, "cancellation"))
    demand(cancelling.ASK, facts, subject=locked, act="ask_cancellation")
    demand(reasons.GIVEN, reasons.ReasonFacts(reason), subject=locked, act="ask_cancellation")
    asked = Cancellation.objects.create(call=locked, reason=reason.strip(), asked_at=now, asked_by=actor)
    audit.record(asked, "ask_cancellation", actor=actor, now=now, scope=locked.reference)
    for person in authorities_of(locked):
        tell(kind="cancellation_asked", to=person, key=f"{locked.pk}:{now.isoformat()}", now=now, call=locked)
    return asked


@use_case
def drop_cancellation(*, call: Call, reason: str, actor: Any, now: datetime) -> Call:
    """Take the request back, or decline it: the call goes on. By who asked or by the authority, with a reason."""
    locked = Call.objects.select_for_update(of=("self",)).get(pk=call.pk)
    demand_permission(permissions.drop_cancellation(locked, actor), subject=locked, act="drop_cancellation")
    demand(reasons.GIVEN, reasons.ReasonFacts(reason), subject=locked, act="drop_cancellation")
    request = locked.cancellation
    details = {"asked_by": request.asked_by_id, "asked_at": request.asked_at.isoformat(), "reason": reason.strip()}
    tell(kind="cancellation_dropped", to=request.asked_by, key=f"{locked.pk}:{now.isoformat()}", now=now, call=locked)
    request.delete()
    audit.record(locked, "drop_cancellation", actor=actor, now=now, details=details)
    return locked


@use_case
def cancel_call(*, call: Call, actor: Any, now: datetime) -> Call:
    """End the call for the reason that another person gave; envelopes that were not opened stay closed for ever."""
    cancelled = pass_through(call, "cancel", actor=actor, now=now)
    PieceRelease.objects.filter(session__call=cancelled).delete()  # what was sealed stays sealed
    request = cancelled.cancellation
    request.decided_at, request.decided_by = now, actor
    request.save(update_fields=["decided_at", "decided_by"])
    cancelled.end_reason = request.reason
    cancelled.save(update_fields=["end_reason"])
    if cancelled.published_at:
        ask_to_tell_applicants(call=cancelled, kind="call_cancelled", now=now, reason=request.reason)
        tell_of_the_end(call=cancelled, actor=actor, now=now)
    return cancelled
