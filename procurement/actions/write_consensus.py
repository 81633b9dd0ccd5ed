"""Write and settle what the panel agreed on; only the chair does, and no sheet is touched."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from procurement import permissions
from procurement.models import Consensus, ConsensusMark, Criterion
from procurement.queries.consensus import consensus_facts
from procurement.rules import consensus as rules
from procurement.rules import sheets
from workflow import audit
from workflow.transitions import demand, demand_permission, use_case


@use_case
def save_consensus_mark(
    *, consensus: Consensus, criterion: Criterion, mark: Decimal | None, reason: str, actor: Any, now: datetime
) -> ConsensusMark:
    """Keep an agreed mark and its reason; refuses anybody but the chair, and a settled consensus."""
    locked = _locked(consensus, actor, act="save_consensus_mark")
    call = locked.application.call
    demand(rules.WRITE, consensus_facts(locked, call=call), subject=call, act="save_consensus_mark")
    facts = sheets.MarkFacts(criterion.code, mark, criterion.maximum)
    demand(sheets.MARK, facts, subject=call, act="save_consensus_mark")
    kept, _created = ConsensusMark.objects.update_or_create(
        consensus=locked, criterion=criterion, defaults={"mark": mark, "reason": reason}
    )
    Consensus.objects.filter(pk=locked.pk).update(saved_at=now)
    audit.record(locked, "save_consensus_mark", actor=actor, now=now, scope=call.reference, details={"criterion": criterion.pk})
    return kept


@use_case
def settle_consensus(*, consensus: Consensus, actor: Any, now: datetime) -> Consensus:
    """Settle it; refuses while a mark is missing or a wide spread has no reason."""
    locked = _locked(consensus, actor, act="settle_consensus")
    call = locked.application.call
    demand(rules.SETTLE, consensus_facts(locked, call=call), subject=call, act="settle_consensus")
    locked.settled_at, locked.settled_by = now, actor
    locked.save(update_fields=["settled_at", "settled_by"])
    audit.record(locked, "settle_consensus", actor=actor, now=now, scope=call.reference)
    return locked


def _locked(consensus: Consensus, actor: Any, *, act: str) -> Consensus:
    locked = (
        Consensus.objects.select_for_update(of=("self",)).select_related("application__call__organisation").get(pk=consensus.pk)
    )
    call = locked.application.call
    demand_permission(permissions.settle_consensus(call, actor), subject=call, act=act)
    return locked
