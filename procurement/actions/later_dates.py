"""What follows a deadline that moves: the later dates of the call, by as many days, and the row that everybody may read."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from procurement.models import Call, PublishedDeadline
from procurement.rules.timeline import moved_with_deadline

LATER_DATES = ("opening_at", "compliance_at", "scoring_until", "financial_opening_at", "decision_at")
LATER_DAYS = ("interviews_from", "interviews_until", "contract_at")


def move_dates(*, call: Call, new_deadline: datetime) -> None:
    """Write the new deadline and the dates that follow it; whoever calls holds the call."""
    former = call.deadline or new_deadline
    names = [name for name in (*LATER_DATES, *LATER_DAYS) if getattr(call, name) is not None]
    for name in names:
        moved = moved_with_deadline(getattr(call, name), former=former, new=new_deadline, zone=call.timezone)
        setattr(call, name, moved)
    call.deadline = new_deadline
    call.save(update_fields=["deadline", *names])


def publish_deadline(*, call: Call, reason: str, actor: Any, now: datetime) -> PublishedDeadline:
    """Publish the deadline that the call has now; the earlier ones stay readable."""
    assert call.deadline is not None
    return PublishedDeadline.objects.create(
        call=call, deadline=call.deadline, published_at=now, published_by=actor, reason=reason
    )
