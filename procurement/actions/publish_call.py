"""Show a call to everybody."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from procurement.models import Call, PublishedDeadline
from workflow import outbox
from workflow.transitions import pass_through, use_case


@use_case
def publish_call(*, call: Call, actor: Any, now: datetime) -> Call:
    """Publish an approved call, by the officer or by the clock; from now on its deadline counts.

    The subscribers of the list are told, one message each, by a message that is posted here.
    """
    published = pass_through(call, "publish", actor=actor, now=now)
    assert published.deadline is not None  # the guards of the arrow saw it
    PublishedDeadline.objects.create(call=published, deadline=published.deadline, published_at=now, published_by=actor)
    outbox.post(
        "procurement.announce_call", key=str(published.pk), now=now, scope=published.reference, call_id=published.pk
    )
    return published
