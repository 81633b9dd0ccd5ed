"""Keep what an officer typed that is not valid yet, as it was typed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from procurement.actions.drafting import hold_draft, stamp
from procurement.models import Call
from workflow.transitions import use_case


@use_case
def keep_typed(
    *, call: Call, part: str, typed: dict[str, list[str]], actor: Any, now: datetime, seen: str = ""
) -> Call:
    """Keep the fields of a part's form beside the draft until they are valid; nothing that was typed is lost."""
    locked = hold_draft(call=call, part=part, seen=seen, actor=actor, act="keep_typed")
    return stamp(call=locked, part=part, actor=actor, now=now, act="keep_typed", typed=typed)
