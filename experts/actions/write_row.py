"""Write a row of one's profile, as it is typed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from accounts.models import User
from experts import permissions
from experts.models.rows import Row
from workflow import audit
from workflow.columns import put
from workflow.transitions import demand_permission, use_case


@use_case
def write_row(*, row: Row, values: dict[str, Any], actor: User, now: datetime) -> Row:
    """Keep the valid values of a row; only its personal columns can be written."""
    model = type(row)
    locked = model.objects.select_for_update(of=("self",)).select_related("expert").get(pk=row.pk)
    demand_permission(permissions.may_write_profile(locked.expert, actor), subject=locked, act="write_row")
    changed = put(locked, values, columns=model.PERSONAL)
    locked.saved_at = now
    locked.save(update_fields=[*changed, "saved_at"])
    if changed:
        audit.record(locked, "write_row", actor=actor, now=now, details={"columns": changed})
    return locked
