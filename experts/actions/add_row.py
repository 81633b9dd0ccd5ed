"""Add an empty row to one's profile, to be filled in."""

from __future__ import annotations

from datetime import datetime

from accounts.models import User
from experts import permissions, rules
from experts.models import Expert
from experts.models.rows import Row
from workflow import audit
from workflow.transitions import demand, demand_permission, use_case


@use_case
def add_row(*, expert: Expert, model: type[Row], actor: User, now: datetime) -> Row:
    """Add one row; an empty one left from an earlier press is given back instead of a second."""
    Expert.objects.select_for_update().get(pk=expert.pk)
    demand_permission(permissions.may_write_profile(expert, actor), subject=expert, act="add_row")
    rows = model.objects.filter(expert=expert)
    if empty := rows.filter(saved_at__isnull=True).first():
        return empty
    demand((rules.ROOM_FOR_ROWS,), rows.count(), subject=expert, act="add_row")
    row = model.objects.create(expert=expert, created_at=now)
    audit.record(row, "add_row", actor=actor, now=now, details={"expert": expert.pk})
    return row
