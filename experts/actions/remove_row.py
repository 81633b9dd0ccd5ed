"""Remove a row of one's profile."""

from __future__ import annotations

from datetime import datetime

from accounts.models import User
from experts import permissions
from experts.models.rows import Row
from workflow import audit
from workflow.transitions import demand_permission, use_case


@use_case
def remove_row(*, row: Row, actor: User, now: datetime) -> None:
    """Delete a row for good: nothing else points at it, applications carry their own copy."""
    demand_permission(permissions.may_write_profile(row.expert, actor), subject=row, act="remove_row")
    audit.record(row, "remove_row", actor=actor, now=now)
    row.delete()
