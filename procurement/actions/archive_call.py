"""Close the file of a call."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from procurement.models import Call
from workflow.transitions import pass_through, use_case


@use_case
def archive_call(*, call: Call, actor: Any, now: datetime) -> Call:
    """Close the file; refuses until its index is in Word."""
    return pass_through(call, "archive", actor=actor, now=now)
