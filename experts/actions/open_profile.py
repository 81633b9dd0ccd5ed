"""Open one's profile, at the first visit."""

from __future__ import annotations

from datetime import datetime

from accounts.models import User
from experts.models import Expert
from workflow import audit
from workflow.transitions import use_case


@use_case
def open_profile(*, actor: User, now: datetime) -> Expert:
    """Return the person's profile, made empty when there is none yet."""
    expert, made = Expert.objects.get_or_create(user=actor, defaults={"created_at": now})
    if made:
        audit.record(expert, "open_profile", actor=actor, now=now)
    return expert
