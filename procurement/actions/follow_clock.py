"""What time alone brings about for a call."""

from __future__ import annotations

from datetime import datetime, timedelta

from procurement.actions.ask_due_drill import ask_due_drill
from procurement.actions.close_call import close_call
from procurement.actions.make_award import make_award
from procurement.actions.publish_call import publish_call
from procurement.enums import CallState
from procurement.models import Call
from workflow.refusals import Refused

BY_STATE = {
    CallState.APPROVED: publish_call,
    CallState.PUBLISHED: close_call,
    CallState.STANDSTILL: make_award,
}
LATER = timedelta(minutes=5)


def follow_clock(*, call: Call, now: datetime) -> None:
    """Make the move whose moment has come; when the rules still refuse it, look again in five minutes."""
    if call.state == CallState.PUBLISHED and call.deadline is not None and now <= call.deadline:
        ask_due_drill(call=call, now=now)
        return
    move = BY_STATE.get(CallState(call.state))
    if move is None:
        Call.objects.filter(pk=call.pk).update(next_check_at=None)
        return
    try:
        move(call=call, actor=None, now=now)
    except Refused:
        Call.objects.filter(pk=call.pk).update(next_check_at=now + LATER)
