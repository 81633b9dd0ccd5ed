"""Write the tree of criteria of a draft."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from procurement.actions.drafting import hold_draft, stamp
from procurement.models import Call, Criterion
from procurement.rules import drafting
from workflow.transitions import demand, use_case

COLUMNS = ("code", "title", "guidance", "maximum", "minimum", "stage")


@use_case
def replace_criteria(*, call: Call, rows: Sequence[dict[str, Any]], actor: Any, now: datetime, seen: str = "") -> Call:
    """Write the criteria in order; each row may hold `parts`, rows of its own. Refuses a code used twice."""
    locked = hold_draft(call=call, part="criteria", seen=seen, actor=actor, act="replace_criteria")
    codes = tuple(row["code"] for top in rows for row in (top, *top.get("parts", ())))
    demand(drafting.CODES, drafting.CodesFacts(codes), subject=locked, act="replace_criteria")
    locked.criteria.all().delete()
    position = 0
    for top in rows:
        parent = _write(locked, top, position, None)
        for part in top.get("parts", ()):
            position += 1
            _write(locked, {**part, "stage": parent.stage}, position, parent)
        position += 1
    return stamp(call=locked, part="criteria", actor=actor, now=now, act="replace_criteria")


def _write(call: Call, row: dict[str, Any], position: int, parent: Criterion | None) -> Criterion:
    columns = {name: row[name] for name in COLUMNS if name in row}
    return Criterion.objects.create(call=call, parent=parent, position=position, **columns)
