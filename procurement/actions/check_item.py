"""Check one required document of one application."""

from __future__ import annotations

from datetime import datetime

from accounts.models import User
from procurement import permissions as may
from procurement.enums import Verdict
from procurement.models import Application, ComplianceItem
from procurement.models.facts.compliance import check_facts
from procurement.queries.compliance import documents_of_item
from procurement.rules import compliance
from workflow import audit
from workflow.transitions import demand, demand_permission, use_case


@use_case
def check_item(*, item: ComplianceItem, verdict: Verdict, actor: User, now: datetime, note: str = "") -> ComplianceItem:
    """Say whether a document is in order, missing, not in order or not required, with a note.

    Refuses a decided application, “not in order” without a reason, “in order” where nothing was attached and nothing is said.
    """
    call = item.application.call
    demand_permission(may.check_compliance(call, actor), subject=call, act="check_item")
    application = Application.objects.select_for_update(of=("self",)).select_related("call").get(pk=item.application_id)
    facts = check_facts(
        application,
        now=now,
        verdict=str(verdict),
        note_length=len(note.strip()),
        has_document=documents_of_item(item).exists(),
    )
    demand(compliance.CHECK, facts, subject=application, act="check_item")
    item.verdict, item.note, item.checked_at, item.checked_by = verdict, note.strip(), now, actor
    item.save(update_fields=["verdict", "note", "checked_at", "checked_by"])
    details = {"application": application.pk, "requirement": item.requirement_id, "verdict": str(verdict)}
    audit.record(item, "check_item", actor=actor, now=now, scope=call.reference, details=details)
    return item
