"""Decide whether an application is compliant."""

from __future__ import annotations

from datetime import datetime

from accounts.models import User
from procurement import permissions as may
from procurement.models import Application
from procurement.models.facts.compliance import check_facts
from procurement.rules import compliance
from workflow.transitions import demand, demand_permission, pass_through, use_case


@use_case
def decide_compliance(
    *, application: Application, compliant: bool, actor: User, now: datetime, reason: str = ""
) -> Application:
    """Decide on one application whose documents are all checked.

    Refuses while the applicant may still complete the file, “compliant” with a document missing or not in order,
    and “not compliant” without a reason. Until the evaluation begins the decision can be taken back.
    """
    call = application.call
    demand_permission(may.check_compliance(call, actor), subject=call, act="decide_compliance")
    locked = Application.objects.select_for_update(of=("self",)).select_related("call").get(pk=application.pk)
    facts = check_facts(locked, now=now, compliant=compliant, reason_length=len(reason.strip()))
    demand(compliance.DECIDE, facts, subject=locked, act="decide_compliance")
    Application.objects.filter(pk=locked.pk).update(compliance_reason=reason.strip())
    return pass_through(locked, "accept" if compliant else "reject", actor=actor, now=now)
