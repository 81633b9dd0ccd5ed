"""Write the columns of one part of a draft."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from procurement.actions.drafting import hold_draft, stamp
from procurement.models import Call
from workflow.columns import put
from workflow.transitions import use_case

COLUMNS = {
    "identity": (
        "title", "language", "languages", "kind", "cpv", "theme", "country", "place", "programme", "partners", "funder",
        "timezone",
    ),
    "budget": ("ceiling_mode", "ceiling_amount", "currency", "tax", "person_days"),
    "terms": ("terms",),
    "documents": ("two_envelopes", "price_sealing", "completion_hours"),
    "timeline": (
        "timezone", "publish_at", "questions_until", "answers_until", "deadline", "opening_at", "compliance_at",
        "scoring_until", "interviews_from", "interviews_until", "financial_opening_at", "decision_at", "standstill_days",
        "contract_at", "holidays_of",
    ),
}  # fmt: skip


@use_case
def change_draft(*, call: Call, part: str, values: dict[str, Any], actor: Any, now: datetime, seen: str = "") -> Call:
    """Write the columns of a part, of those that belong to it.

    `seen` is the mark of the saving that the writer saw: a later one by somebody else is not overwritten unseen.
    """
    locked = hold_draft(call=call, part=part, seen=seen, actor=actor, act="change_draft")
    columns = put(locked, values, columns=COLUMNS.get(part, ()))
    return stamp(call=locked, part=part, actor=actor, now=now, act="change_draft", columns=columns)
