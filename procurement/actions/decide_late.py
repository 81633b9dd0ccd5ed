"""Decide, as two persons, that an application that came late is opened; and take such a request back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from procurement import permissions
from procurement.models import Application, LateDecision
from procurement.models.holding import hold_call
from procurement.rules import late, reasons
from workflow import audit
from workflow.transitions import demand, demand_permission, use_case


@use_case
def ask_late_opening(*, application: Application, reason: str, actor: Any, now: datetime) -> LateDecision:
    """Ask, with a reason of 20 characters, that a late application be opened; nothing is opened by it."""
    call = hold_call(application.call)
    demand_permission(permissions.decide_late(call, actor), subject=call, act="ask_late_opening")
    demand(late.ASK, _facts(application, state=call.state, actor=actor), subject=call, act="ask_late_opening")
    demand(reasons.GIVEN, reasons.ReasonFacts(reason), subject=call, act="ask_late_opening")
    decision = LateDecision.objects.create(
        application=application, reason=reason.strip(), asked_at=now, asked_by=actor
    )  # fmt: skip
    details = {"application": application.pk}
    audit.record(call, "ask_late_opening", actor=actor, now=now, details=details)
    return decision


@use_case
def decide_late(*, application: Application, agreed: bool, actor: Any, now: datetime) -> LateDecision | None:
    """Agree, as another person than the one who asked: the next session opens it; or decline: it stays closed."""
    call = hold_call(application.call)
    demand_permission(permissions.decide_late(call, actor), subject=call, act="decide_late")
    demand(late.DECIDE, _facts(application, state=call.state, actor=actor), subject=call, act="decide_late")
    decision = LateDecision.objects.select_for_update().get(application=application)
    details = {"application": application.pk, "agreed": agreed}
    audit.record(call, "decide_late", actor=actor, now=now, details=details)
    if not agreed:
        decision.delete()
        return None
    decision.decided_at, decision.decided_by = now, actor
    decision.save(update_fields=["decided_at", "decided_by"])
    return decision


def _facts(application: Application, *, state: str, actor: Any) -> late.LateFacts:
    decision = LateDecision.objects.filter(application=application).first()
    return late.LateFacts(
        state=state,
        late=Application.objects.filter(pk=application.pk, state="late").exists(),
        asked=decision is not None,
        decided=decision is not None and decision.decided_at is not None,
        asker=decision is not None and decision.asked_by_id == actor.pk,
    )
