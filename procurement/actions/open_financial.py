"""Open the financial envelopes."""

from __future__ import annotations

from datetime import datetime

from accounts.models import User
from procurement.actions.end_session import conclude
from procurement.actions.open_technical import open_envelopes, report
from procurement.enums import ApplicationState, EnvelopeKind, PaperKind
from procurement.models import Call
from procurement.queries.opening import running_session
from workflow.transitions import pass_all_through, pass_through, use_case


@use_case
def open_financial(*, call: Call, actor: User, now: datetime, remarks: str = "") -> Call:
    """Open, in the presence of the quorum, the prices of those above the threshold.

    Late, not compliant, excluded and below-threshold applications are never opened here or anywhere.
    """
    opened = pass_through(call, "open_financial", actor=actor, now=now)
    session = running_session(opened, EnvelopeKind.FINANCIAL)
    assert session is not None  # a guard of the arrow
    open_envelopes(opened, kind=EnvelopeKind.FINANCIAL, states=(ApplicationState.PASSED,), now=now)
    above = opened.applications.filter(state=ApplicationState.PASSED)
    pass_all_through(above, "open_price", actor=actor, now=now)
    conclude(session, opened=True, remarks=remarks, now=now)
    report(session, kind=PaperKind.FINANCIAL_OPENING_REPORT, actor=actor, now=now)
    return opened
