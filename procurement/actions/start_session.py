"""Start an opening session."""

from __future__ import annotations

from datetime import datetime

from accounts.models import User
from procurement import permissions as may
from procurement.actions.tell import tell
from procurement.enums import CallState, EnvelopeKind, Seat
from procurement.models import Call, OpeningSession
from procurement.rules import opening
from workflow import audit
from workflow.transitions import demand, demand_permission, use_case

START = {EnvelopeKind.TECHNICAL: opening.START_TECHNICAL, EnvelopeKind.FINANCIAL: opening.START_FINANCIAL}
MORE = {  # once something was opened: what it left closed
    CallState.OPENED: START | {EnvelopeKind.TECHNICAL: opening.START_MORE},
    CallState.FINANCIAL_OPENED: START | {EnvelopeKind.FINANCIAL: opening.START_MORE_PRICES},
}


@use_case
def start_session(*, call: Call, kind: EnvelopeKind, actor: User, now: datetime) -> OpeningSession:
    """Let the members present themselves; refuses before the deadline, out of turn, and a second session."""
    demand_permission(may.start_opening(call, actor), subject=call, act="start_session")
    call.hold()
    call = Call.objects.get(pk=call.pk)
    call.ask(now=now)
    guards = MORE.get(call.state, START)[kind]
    demand(guards, call.facts("opening"), subject=call, act="start_session")
    session = OpeningSession.objects.create(call=call, kind=kind, started_at=now, started_by=actor)
    audit.record(session, "start_session", actor=actor, now=now, scope=call.reference, details={"kind": str(kind)})
    _tell_expected(session, now=now)
    return session


def _tell_expected(session: OpeningSession, *, now: datetime) -> None:
    seats = session.call.members.filter(ended_at=None).select_related("user", "key")
    for member in seats:
        if hasattr(member, "key") or member.seat == Seat.OBSERVER:
            tell(
                kind="opening_started",
                to=member.user,
                call=session.call,
                key=str(session.pk),
                now=now,
                session=session.pk,
            )
