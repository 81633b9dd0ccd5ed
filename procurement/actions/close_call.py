"""Close the collection, by the clock."""

from __future__ import annotations

from datetime import datetime

from procurement.models import Call
from workflow.transitions import pass_through, use_case


@use_case
def close_call(*, call: Call, actor: None, now: datetime) -> Call:
    """Close a published call whose every published deadline has passed; refuses anybody but the clock."""
    return pass_through(call, "close", actor=actor, now=now)
