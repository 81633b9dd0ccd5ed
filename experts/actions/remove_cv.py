"""Remove one's curriculum vitae."""

from __future__ import annotations

from datetime import datetime

from accounts.models import User
from experts import permissions
from experts.actions.attach_cv import forget_file
from experts.models import Expert
from workflow import audit
from workflow.transitions import demand_permission, use_case


@use_case
def remove_cv(*, expert: Expert, actor: User, now: datetime) -> Expert:
    """Take the file out of the profile and have its bytes deleted; without a file nothing happens."""
    locked = Expert.objects.select_for_update(of=("self",)).get(pk=expert.pk)
    demand_permission(permissions.may_write_profile(locked, actor), subject=locked, act="remove_cv")
    if locked.cv_id:
        forget_file(locked, now=now)
        locked.cv, locked.cv_findings = None, []
        locked.save(update_fields=["cv", "cv_findings"])
        audit.record(locked, "remove_cv", actor=actor, now=now)
    return locked
