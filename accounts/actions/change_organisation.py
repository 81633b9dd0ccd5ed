"""Change what an organisation prints on its papers."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from accounts import permissions
from accounts.models import Organisation
from workflow import audit
from workflow.columns import put
from workflow.transitions import demand_permission, use_case

CHANGEABLE = (
    "name",
    "short_name",
    "address",
    "city",
    "country",
    "registration_number",
    "email",
    "website",
    "timezone",
    "languages",
    "remedies",
)


@use_case
def change_organisation(
    *, organisation: Organisation, values: dict[str, Any], actor: Any, now: datetime
) -> Organisation:
    """Write the new values and note which columns changed; papers already made keep the old ones."""
    locked = Organisation.objects.select_for_update().get(pk=organisation.pk)
    demand_permission(permissions.may_edit_organisation(locked, actor), subject=locked, act="change_organisation")
    changed = put(locked, values, columns=CHANGEABLE)
    if not changed:
        return locked
    locked.save(update_fields=changed)
    audit.record(locked, "change_organisation", actor=actor, now=now, details={"columns": changed})
    return locked
