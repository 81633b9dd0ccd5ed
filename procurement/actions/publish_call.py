"""Show a call to everybody."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from procurement import server_lock
from procurement.models import Call, PublishedDeadline
from procurement.rules import lock
from workflow import outbox
from workflow.transitions import demand, pass_through, use_case


@use_case
def publish_call(*, call: Call, actor: Any, now: datetime) -> Call:
    """Publish an approved call, by the officer or by the clock; from now on its deadline counts.

    The keys of its holders and of the server lock are frozen here; refuses (LCK-01) while the lock does not answer.
    The subscribers of the list are told, one message each, by a message that is posted here.
    """
    lock_public = _lock_public()
    published = pass_through(call, "publish", actor=actor, now=now)
    assert published.deadline is not None  # the guards of the arrow saw it
    demand(lock.NEEDED, lock.LockFacts(lock_there=lock_public is not None), subject=call, act="publish")
    published.lock_public = lock_public
    published.save(update_fields=["lock_public"])
    PublishedDeadline.objects.create(call=published, deadline=published.deadline, published_at=now, published_by=actor)
    outbox.post(
        "procurement.announce_call", key=str(published.pk), now=now, scope=published.reference, call_id=published.pk
    )
    return published


def _lock_public() -> bytes | None:
    """Ask the lock before anything is held; None when it is away, which the rules then say."""
    try:
        return server_lock.public_key()
    except server_lock.LockAway:
        return None
