"""Write the deliverables of a draft."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from procurement.actions.drafting import hold_draft, stamp
from procurement.models import Call, Deliverable
from procurement.rules import drafting
from workflow.transitions import demand, use_case

COLUMNS = ("code", "title", "week", "payment")


@use_case
def replace_deliverables(
    *, call: Call, rows: Sequence[dict[str, Any]], actor: Any, now: datetime, seen: str = ""
) -> Call:
    """Write the deliverables in order. Refuses a code used twice."""
    locked = hold_draft(call=call, part="deliverables", seen=seen, actor=actor, act="replace_deliverables")
    codes = drafting.CodesFacts(tuple(row["code"] for row in rows))
    demand(drafting.CODES, codes, subject=locked, act="replace_deliverables")
    locked.deliverables.all().delete()
    Deliverable.objects.bulk_create(
        Deliverable(call=locked, position=at, **{name: row[name] for name in COLUMNS if name in row})
        for at, row in enumerate(rows)
    )
    return stamp(call=locked, part="deliverables", actor=actor, now=now, act="replace_deliverables")
