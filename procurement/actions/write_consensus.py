"""Write and settle what the panel agreed on; only the chair does, and no sheet is touched."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from procurement import permissions
from procurement.models import Consensus, ConsensusMark, Criterion
from procurement.queries.consensus import consensus_facts
from procurement.rules import consensus as rules
from procurement.rules import reasons, sheets
from workflow import audit
from workflow.guards import Guard
from workflow.transitions import demand, demand_permission, use_case


@use_case
def save_consensus_mark(
    *, consensus: Consensus, criterion: Criterion, mark: Decimal | None, reason: str, actor: Any, now: datetime
) -> ConsensusMark:
    """Keep an agreed mark and its reason; refuses anybody but the chair, and a settled consensus."""
    locked = _held(consensus, rules.WRITE, actor=actor, act="save_consensus_mark")
    call = locked.application.call
    asked = criterion.call_id == call.pk and not criterion.parts.exists()
    facts = sheets.MarkFacts(criterion.code, mark, criterion.maximum if asked else None)
    demand(sheets.MARK, facts, subject=call, act="save_consensus_mark")
    (kept,) = ConsensusMark.objects.bulk_create(
        [ConsensusMark(consensus=locked, criterion=criterion, mark=mark, reason=reason)],
        update_conflicts=True,
        unique_fields=["consensus", "criterion"],
        update_fields=["mark", "reason"],
    )
    Consensus.objects.filter(pk=locked.pk).update(saved_at=now)
    _noted(locked, "save_consensus_mark", actor=actor, now=now, criterion=criterion.pk)
    return kept


@use_case
def save_consensus_comment(*, consensus: Consensus, comment: str, actor: Any, now: datetime) -> Consensus:
    """Keep the panel's conclusion on one application; refuses as save_consensus_mark does."""
    locked = _held(consensus, rules.WRITE, actor=actor, act="save_consensus_comment")
    locked.comment, locked.saved_at = comment, now
    locked.save(update_fields=["comment", "saved_at"])
    _noted(locked, "save_consensus_comment", actor=actor, now=now)
    return locked


@use_case
def settle_consensus(*, consensus: Consensus, actor: Any, now: datetime) -> Consensus:
    """Settle it; refuses while a mark is missing, a wide spread has no reason, or the interview has not been held."""
    locked = _held(consensus, rules.SETTLE, actor=actor, act="settle_consensus")
    locked.settled_at, locked.settled_by = now, actor
    locked.save(update_fields=["settled_at", "settled_by"])
    _noted(locked, "settle_consensus", actor=actor, now=now)
    return locked


@use_case
def reopen_consensus(*, consensus: Consensus, reason: str, actor: Any, now: datetime) -> Consensus:
    """Take a settled consensus up again, with a reason; refuses once the technical report is signed by all."""
    demand(reasons.GIVEN, reasons.ReasonFacts(reason), subject=consensus.application.call, act="reopen_consensus")
    locked = _held(consensus, rules.REOPEN, actor=actor, act="reopen_consensus")
    locked.settled_at = locked.settled_by = None
    locked.save(update_fields=["settled_at", "settled_by"])
    _noted(locked, "reopen_consensus", actor=actor, now=now, reason=reason.strip())
    return locked


def _held(consensus: Consensus, guards: tuple[Guard, ...], *, actor: Any, act: str) -> Consensus:
    """Lock a consensus for the chair, when the rules of the act hold."""
    rows = Consensus.objects.select_for_update(of=("self",)).select_related("application__call__organisation")
    locked = rows.get(pk=consensus.pk)
    call = locked.application.call
    allowed = permissions.settle_consensus(call, actor) and permissions.read_marks(call, actor)
    demand_permission(allowed, subject=call, act=act)
    demand(guards, consensus_facts(locked, call=call), subject=call, act=act)
    return locked


def _noted(consensus: Consensus, act: str, *, actor: Any, now: datetime, **details: Any) -> None:
    scope = consensus.application.call.reference
    audit.record(consensus, act, actor=actor, now=now, scope=scope, details=details)
