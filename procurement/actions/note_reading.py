"""Note that an auditor read a page of a file."""

from __future__ import annotations

from datetime import datetime

from accounts.models import User
from procurement import permissions as may
from procurement.models import Call
from workflow import audit
from workflow.transitions import demand_permission, use_case


@use_case
def note_reading(*, call: Call, page: str, actor: User, now: datetime) -> Call:
    """Leave an event for each page that an auditor reads (§8.2: read-only, each read logged)."""
    demand_permission(may.work_on_call(call, actor), subject=call, act="note_reading")
    audit.record(call, "note_reading", actor=actor, now=now, details={"page": page})
    return call
