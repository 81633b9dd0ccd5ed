"""Write a part of one's profile, as it is typed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from accounts.models import User
from experts import permissions
from experts.models import Expert
from workflow import audit
from workflow.columns import put
from workflow.transitions import demand_permission, use_case

WRITABLE = (
    "nationality",
    "address",
    "city",
    "country",
    "phone",
    "vat_status",
    "vat_number",
    "summary",
    "fields",
    "other_fields",
)


@use_case
def write_profile(*, expert: Expert, values: dict[str, Any], actor: User, now: datetime) -> Expert:
    """Keep the valid values of a part; the event names the columns and never what stands in them."""
    locked = Expert.objects.select_for_update(of=("self",)).select_related("user").get(pk=expert.pk)
    demand_permission(permissions.may_write_profile(locked, actor), subject=locked, act="write_profile")
    changed = put(locked, values, columns=WRITABLE)
    locked.saved_at = now
    locked.save(update_fields=[*changed, "saved_at"])
    if changed:
        audit.record(locked, "write_profile", actor=actor, now=now, details={"columns": changed})
    return locked
