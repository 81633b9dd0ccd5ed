"""Give a message that could not be delivered another chance."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from procurement import permissions
from procurement.models import Call
from workflow import audit, outbox
from workflow.models import OutboxMessage
from workflow.refusals import NoSuchMove
from workflow.transitions import demand_permission, use_case


@use_case
def retry_message(*, call: Call, message: OutboxMessage, actor: Any, now: datetime) -> OutboxMessage:
    """Send a dead message of this call again; refuses one of another call, and one that is waiting or done."""
    demand_permission(permissions.is_officer(call, actor), subject=call, act="retry_message")
    locked = OutboxMessage.objects.select_for_update().get(pk=message.pk)
    if locked.scope != call.reference or locked.dead_at is None or locked.done_at is not None:
        raise NoSuchMove(subject=call, act="retry_message")
    outbox.retry(locked, now=now)
    audit.record(locked, "retry_message", actor=actor, now=now, scope=call.reference, details={"task": locked.task})
    return locked
