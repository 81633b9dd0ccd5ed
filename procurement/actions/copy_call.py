"""Begin a call from an earlier one."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from procurement import permissions
from procurement.actions.draft_call import draft_call
from procurement.models import Call
from workflow import audit
from workflow.transitions import demand_permission, use_case

COPIED = (
    "kind", "cpv", "theme", "country", "place", "programme", "partners", "funder", "terms",
    "ceiling_mode", "ceiling_amount", "currency", "tax", "person_days",
    "two_envelopes", "price_sealing", "rules", "timezone", "standstill_days", "completion_hours", "holidays_of", "quorum",
)  # fmt: skip
PARTS = ("identity", "budget", "terms", "deliverables", "criteria", "rules", "documents")


@use_case
def copy_call(*, source: Call, reference: str, actor: Any, now: datetime) -> Call:
    """Draft a call with the texts, the rules and the tables of an earlier one; dates and people are left to be chosen.

    Refuses people who do not work on the earlier call or are not officers of its organisation.
    """
    demand_permission(permissions.is_officer(source, actor), subject=source, act="copy_call")
    call = draft_call(
        organisation=source.organisation,
        reference=reference,
        title=dict(source.title),
        language=source.language,
        languages=list(source.languages),
        preset=source.preset,
        copied_from=source,
        draft={part: {"at": now.isoformat(), "by": actor.pk} for part in PARTS},
        actor=actor,
        now=now,
        **{column: getattr(source, column) for column in COPIED if column != "rules"},
    )
    Call.objects.filter(pk=call.pk).update(rules=source.rules)
    call.rules = source.rules
    _copy_tables(source, call)
    audit.record(call, "copy_call", actor=actor, now=now, details={"from": source.pk})
    return call


def _copy_tables(source: Call, call: Call) -> None:
    for row in [*source.requirements.all(), *source.deliverables.all()]:
        _copy_row(row, call)
    copied: dict[int, Any] = {}
    for criterion in sorted(source.criteria.all(), key=lambda c: c.parent_id is not None):
        parent = copied.get(criterion.parent_id or 0)
        copied[criterion.pk] = _copy_row(criterion, call, **({"parent": parent} if parent else {}))


def _copy_row(row: Any, call: Call, **columns: Any) -> Any:
    kept = {
        f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields if f.name not in ("id", "call", "parent")
    }
    return type(row)._default_manager.create(call=call, **kept, **columns)
