"""Show a call to everybody."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from procurement.models import Call, PublishedDeadline
from workflow.transitions import pass_through, use_case


@use_case
def publish_call(*, call: Call, actor: Any, now: datetime) -> Call:
    """Publish an approved call, by the officer or by the clock; from now on its deadline counts."""
    published = pass_through(call, "publish", actor=actor, now=now)
    PublishedDeadline.objects.create(call=published, deadline=published.deadline, published_by=actor)
    return published
