"""Write the list of required documents of a draft."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from procurement.actions.drafting import hold_draft, stamp
from procurement.models import Call, Requirement
from procurement.rules import drafting
from workflow.transitions import demand, use_case

COLUMNS = ("envelope", "code", "title", "formats", "personal", "compulsory", "completable", "most_files")


@use_case
def replace_requirements(
    *,
    call: Call,
    rows: Sequence[dict[str, Any]],
    actor: Any,
    now: datetime,
    seen: str = "",
    two_envelopes: bool | None = None,
    price_sealing: str | None = None,
    completion_hours: int | None = None,
) -> Call:
    """Write the required documents in order, and how they are put in envelopes and completed. Refuses a code used twice."""
    locked = hold_draft(call=call, part="documents", seen=seen, actor=actor, act="replace_requirements")
    codes = drafting.CodesFacts(tuple(row["code"] for row in rows))
    demand(drafting.CODES, codes, subject=locked, act="replace_requirements")
    locked.requirements.all().delete()
    Requirement.objects.bulk_create(
        Requirement(call=locked, position=at, **{name: row[name] for name in COLUMNS if name in row})
        for at, row in enumerate(rows)
    )
    chosen = {"two_envelopes": two_envelopes, "price_sealing": price_sealing, "completion_hours": completion_hours}
    columns = [name for name, value in chosen.items() if value is not None]
    for name in columns:
        setattr(locked, name, chosen[name])
    return stamp(call=locked, part="documents", actor=actor, now=now, act="replace_requirements", columns=columns)
