"""Open, in a session of its own, what an earlier one left closed: late applications decided on, envelopes that did not open."""

from __future__ import annotations

from datetime import datetime

from accounts.models import User
from procurement import permissions as may
from procurement.actions.end_session import conclude
from procurement.actions.open_technical import report
from procurement.actions.unseal_envelopes import ask_lock, unseal_envelopes
from procurement.enums import ApplicationState, CallState, EnvelopeKind, PaperKind
from procurement.models import Call
from procurement.models.holding import hold_call
from procurement.queries.opening import running_session
from procurement.rules import opening
from workflow import audit
from workflow.transitions import demand, demand_permission, pass_through, use_case

REPORTS = {
    EnvelopeKind.TECHNICAL: PaperKind.OPENING_REPORT, EnvelopeKind.FINANCIAL: PaperKind.FINANCIAL_OPENING_REPORT,
}  # fmt: skip
GUARDS = {EnvelopeKind.TECHNICAL: opening.MORE_TECHNICAL, EnvelopeKind.FINANCIAL: opening.MORE_FINANCIAL}


@use_case
def open_remaining(*, call: Call, actor: User, now: datetime, remarks: str = "") -> Call:
    """Open what remains with the pieces of a quorum and the part of the lock; the report is written again.

    What still does not open keeps its proof, and can be given again by its applicant.
    """
    demand_permission(may.open_envelopes(call, actor), subject=call, act="open_remaining")
    kind = EnvelopeKind.FINANCIAL if call.state == CallState.FINANCIAL_OPENED else EnvelopeKind.TECHNICAL
    session = running_session(call, kind)
    answer = ask_lock(session)
    locked = hold_call(call)
    locked.ask(now=now)
    demand(GUARDS[kind], locked.facts("opening"), subject=locked, act="open_remaining")
    assert session is not None  # a guard above
    unseal_envelopes(session=session, answer=answer, partly=True, actor=actor, now=now)
    late = locked.applications.filter(state=ApplicationState.LATE, late_decision__decided_at__isnull=False)
    for application in late.filter(envelopes__kind=kind, envelopes__opened_at__isnull=False).distinct():
        pass_through(application, "open_late", actor=actor, now=now)
    conclude(session, opened=True, remarks=remarks, now=now)
    report(session, kind=REPORTS[kind], actor=actor, now=now)
    audit.record(locked, "open_remaining", actor=actor, now=now, details={"session": session.pk})
    return locked
