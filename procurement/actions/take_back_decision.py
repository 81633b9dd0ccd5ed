"""Take a decision of the compliance check back."""

from __future__ import annotations

from datetime import datetime

from accounts.models import User
from procurement import permissions as may
from procurement.models import Application, FormerDecision
from procurement.models.facts.compliance import check_facts
from procurement.rules import compliance, reasons
from workflow.transitions import demand, demand_permission, pass_through, use_case


@use_case
def take_back_decision(*, application: Application, reason: str, actor: User, now: datetime) -> Application:
    """Bring a decided application back into the check, and keep the decision as it was with the reason.

    The one request to complete the file stays as it is: what was asked and sent is not asked again.
    Refuses once the evaluation has begun, and a reason too short.
    """
    call = application.call
    demand_permission(may.check_compliance(call, actor), subject=call, act="take_back_decision")
    call.hold(shared=True)
    locked = Application.objects.select_for_update(of=("self",)).select_related("call").get(pk=application.pk)
    demand(compliance.TAKE_BACK, check_facts(locked, now=now), subject=locked, act="take_back_decision")
    demand(reasons.GIVEN, reasons.ReasonFacts(reason), subject=locked, act="take_back_decision")
    assert locked.decided_at is not None  # the guard
    FormerDecision.objects.create(
        application=locked,
        compliant=locked.compliant,
        decision_reason=locked.compliance_reason,
        decided_at=locked.decided_at,
        decided_by=locked.decided_by,
        reason=reason.strip(),
        taken_back_at=now,
        taken_back_by=actor,
    )
    return pass_through(locked, "reconsider", actor=actor, now=now, reason=reason.strip())
