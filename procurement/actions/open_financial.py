"""Open the financial envelopes."""

from __future__ import annotations

from datetime import datetime

from accounts.models import User
from procurement import permissions as may
from procurement.actions.end_session import conclude
from procurement.actions.open_technical import report
from procurement.actions.unseal_envelopes import ask_lock, unseal_envelopes
from procurement.enums import ApplicationState, EnvelopeKind, PaperKind
from procurement.models import Call
from procurement.queries.opening import running_session
from workflow.transitions import demand_permission, pass_all_through, pass_through, use_case


@use_case
def open_financial(*, call: Call, actor: User, now: datetime, remarks: str = "", partly: bool = False) -> Call:
    """Open, with the pieces of the quorum and the part of the lock, the prices of those above the threshold.

    Late, not compliant, excluded and below-threshold applications are never opened here or anywhere.
    """
    demand_permission(may.open_envelopes(call, actor), subject=call, act="open_financial")
    session = running_session(call, EnvelopeKind.FINANCIAL)
    answer = ask_lock(session)
    opened = pass_through(call, "open_financial", actor=actor, now=now)
    assert session is not None  # a guard of the arrow
    unseal_envelopes(session=session, answer=answer, partly=partly, actor=actor, now=now)
    above = opened.applications.filter(state=ApplicationState.PASSED)
    pass_all_through(above, "open_price", actor=actor, now=now)
    conclude(session, opened=True, remarks=remarks, now=now)
    report(session, kind=PaperKind.FINANCIAL_OPENING_REPORT, actor=actor, now=now)
    return opened
