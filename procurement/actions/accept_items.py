"""Find all documents of an application in order at once."""

from __future__ import annotations

from datetime import datetime

from accounts.models import User
from procurement import permissions as may
from procurement.enums import Verdict
from procurement.models import Application, ComplianceItem
from procurement.models.facts.compliance import check_facts
from procurement.rules import compliance
from workflow import audit
from workflow.transitions import demand, demand_permission, use_case


@use_case
def accept_items(*, application: Application, actor: User, now: datetime) -> list[ComplianceItem]:
    """Mark every document still to check as in order; what was found missing or not in order stays as it is."""
    call = application.call
    demand_permission(may.check_compliance(call, actor), subject=call, act="accept_items")
    locked = Application.objects.select_for_update(of=("self",)).select_related("call").get(pk=application.pk)
    demand(compliance.ACCEPT, check_facts(locked, now=now), subject=locked, act="accept_items")
    pending = list(locked.compliance_items.filter(verdict=Verdict.PENDING))
    for item in pending:
        item.verdict, item.checked_at, item.checked_by = Verdict.OK, now, actor
    ComplianceItem.objects.bulk_update(pending, ["verdict", "checked_at", "checked_by"])
    details = {"items": [item.pk for item in pending]}
    audit.record(locked, "accept_items", actor=actor, now=now, details=details)
    return pending
