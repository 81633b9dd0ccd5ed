"""The facts of the administrative compliance grid."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from procurement.enums import EnvelopeKind, Seat, Verdict
from procurement.letters import compliance_grid as grid
from procurement.models import Application, Call, ComplianceItem
from procurement.queries.compliance import checked_applications
from procurement.queries.impartiality import committee_of
from procurement.queries.papers.frame import applicant_facts, call_facts, lines_to_sign, requirement_facts

STATES: dict[str, grid.ItemState] = {
    Verdict.OK: "present",
    Verdict.MISSING: "missing",
    Verdict.INVALID: "refused",
    Verdict.WAIVED: "not_required",
    Verdict.PENDING: "missing",
}


def compliance_grid(call: Call, *, actor: Any, now: datetime) -> grid.ComplianceGrid:
    """Return the grid when every application is decided: one row each, in the order of the labels."""
    heading = call_facts(call)
    leaders = [m for m in committee_of(call) if m.seat in (Seat.CHAIR, Seat.SECRETARY)]
    requirements = call.requirements.filter(envelope=EnvelopeKind.TECHNICAL)
    return grid.ComplianceGrid(
        call=heading,
        number=f"{call.reference}/GC-1",
        issued_at=now,
        requirements=tuple(requirement_facts(one, language=heading.language) for one in requirements),
        lines=tuple(_line(application) for application in checked_applications(call)),
        checked_by=str(actor),
        checked_at=now,
        signatures=lines_to_sign(leaders, language=heading.language),
    )


def _line(application: Application) -> grid.ComplianceLine:
    request = getattr(application, "completion_request", None)
    completed = {document.requirement_id for document in request.documents.all()} if request else set()
    items = application.compliance_items.all()
    return grid.ComplianceLine(
        applicant=applicant_facts(application),
        items=tuple(_item(item, completed=item.requirement_id in completed) for item in items),
        compliant=application.state != "non_compliant",
        reason=application.compliance_reason,
        request=_request(request) if request else None,
    )


def _item(item: ComplianceItem, *, completed: bool) -> grid.ComplianceItem:
    state = "completed" if completed and item.verdict == Verdict.OK else STATES[item.verdict]
    return grid.ComplianceItem(requirement=item.requirement.code, state=state, remark=item.note)


def _request(request: Any) -> grid.CompletionRequest:
    codes = ", ".join(requirement.code for requirement in request.requirements.all())
    return grid.CompletionRequest(
        asked=codes, asked_at=request.asked_at, due_at=request.due_at, answered_at=request.answered_at
    )
