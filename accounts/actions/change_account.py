"""Change one's own name, language and time zone."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from accounts.models import User
from workflow import audit
from workflow.columns import put
from workflow.transitions import use_case

CHANGEABLE = ("full_name", "language", "timezone")


@use_case
def change_account(*, values: dict[str, Any], actor: User, now: datetime) -> User:
    """Write one's own settings; the event names the columns and never the values."""
    locked = User.objects.select_for_update().get(pk=actor.pk)
    changed = put(locked, values, columns=CHANGEABLE)
    if not changed:
        return locked
    locked.save(update_fields=changed)
    audit.record(locked, "change_account", actor=actor, now=now, details={"columns": changed})
    return locked
