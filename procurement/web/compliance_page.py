"""What the pages of the compliance check show."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from procurement import permissions as may
from procurement.enums import ApplicationState, CallState, EnvelopeKind, Verdict
from procurement.models import Application, Call, ComplianceItem, Document, Requirement
from procurement.models.facts.compliance import WANTING, check_facts
from procurement.queries.compliance import checked_applications
from procurement.queries.envelopes import StillSealed, read_envelope
from procurement.queries.findings import words_for
from procurement.queries.impartiality import seat_of
from procurement.rules import compliance as rules
from procurement.web.acts import button, reasons_against
from procurement.web.forms.compliance import CompletionForm, DecisionForm, ItemForm
from procurement.web.forms.reason import ReasonForm

KINDS = {
    Verdict.PENDING: "now",
    Verdict.OK: "done",
    Verdict.MISSING: "warn",
    Verdict.INVALID: "warn",
    Verdict.WAIVED: "",
}
UNDECIDABLE = (rules.IN_CHECK, rules.ITEMS_CHECKED, rules.ANSWER_READ, rules.WINDOW_CLOSED)


@dataclass
class GridRow:
    """One application of the grid: a cell for each required document, in the order of the columns."""

    application: Application
    request: Any
    cells: list[tuple[Requirement, ComplianceItem | None]] = field(default_factory=list)
    window_open: bool = False


@dataclass
class CheckedItem:
    """One required document on the page of an application."""

    item: ComplianceItem
    documents: list[tuple[Document, list[str]]]  # with what was found in each, in words
    form: ItemForm
    kind: str


def grid_context(call: Call, user: Any, *, now: datetime) -> dict[str, Any]:
    """Return the grid: applications in rows, required documents in columns."""
    columns = list(call.requirements.filter(envelope=EnvelopeKind.TECHNICAL))
    rows = [_row(application, columns, now=now) for application in checked_applications(call)]
    seat = seat_of(call, user)
    return {
        "now": now,
        "columns": columns,
        "rows": rows,
        "undeclared": seat is not None and not hasattr(seat, "declaration"),
        "to_check": sum(row.application.state == ApplicationState.OPENED for row in rows),
        "hand_over": button(
            call, "start_evaluation", user, now=now,
            url=reverse("compliance_evaluation", args=[call.reference]), label=_("Hand over to the evaluators"),
        )
        if call.state == CallState.COMPLIANCE
        else None,
    }  # fmt: skip


def _row(application: Application, columns: list[Requirement], *, now: datetime) -> GridRow:
    items = {item.requirement_id: item for item in application.compliance_items.all()}
    request = getattr(application, "completion_request", None)
    return GridRow(
        application=application,
        request=request,
        cells=[(column, items.get(column.pk)) for column in columns],
        window_open=bool(request and request.answered_at is None and now < request.due_at),
    )


def application_context(application: Application, user: Any, *, now: datetime) -> dict[str, Any]:
    """Return one application with its documents, for those who check and those who control."""
    call = application.call
    documents = _documents(application, user, now=now)
    facts = check_facts(application, now=now)
    items = list(application.compliance_items.all())
    askable = [i.requirement for i in items if i.verdict in WANTING and i.requirement.completable]
    checking = facts.in_check and may.check_compliance(call, user)
    seat = seat_of(call, user)
    return {
        "now": now,
        "application": application,
        "items": items,
        "documents": documents,
        "readable": documents is not None,
        "undeclared": seat is not None and not hasattr(seat, "declaration"),
        "checking": checking,
        "pending": facts.pending,
        "request_of": getattr(application, "completion_request", None),
        "window_open": facts.window_open,
        "askable": askable,
        "completion": _completion(application, askable) if checking and not facts.asked and askable else None,
        "decision": DecisionForm(),
        "undecidable": reasons_against(UNDECIDABLE, facts),
        "following": _following(application),
        "former": list(application.former_decisions.select_related("decided_by", "taken_back_by")),
        "reconsideration": ReasonForm() if facts.decided and may.check_compliance(call, user) else None,
    }


def item_rows(
    items: list[ComplianceItem], documents: dict[int, list[Document]] | None, forms: dict[str, ItemForm] | None
) -> list[CheckedItem]:
    """Join items, their documents and their forms; forms that were refused keep what was typed."""
    return [
        CheckedItem(
            item=item,
            documents=[(one, words_for(one.findings)) for one in (documents or {}).get(item.requirement_id, [])],
            form=(forms or {}).get(item.requirement.code)
            or ItemForm(initial={"verdict": item.verdict, "note": item.note}, prefix=item.requirement.code),
            kind=KINDS[Verdict(item.verdict)],
        )
        for item in items
    ]


def _documents(application: Application, user: Any, *, now: datetime) -> dict[int, list[Document]] | None:
    try:
        opened = read_envelope(application, EnvelopeKind.TECHNICAL, actor=user, now=now)
    except StillSealed:
        return None
    found: dict[int, list[Document]] = {}
    for document in opened.documents:
        found.setdefault(document.requirement_id, []).append(document)
    return found


def _completion(application: Application, askable: list[Requirement]) -> CompletionForm:
    with override(application.user.language):
        message = _("Your file lacks documents, or some are not in order. Please send those listed, and nothing else.")
    chosen = [requirement.code for requirement in askable]
    return CompletionForm(
        askable=askable, hours=application.call.completion_hours, initial={"message": message, "requirements": chosen}
    )


def _following(application: Application) -> Application | None:
    """The next application still to decide, after this one, else from the beginning."""
    undecided = application.call.applications.filter(state=ApplicationState.OPENED).exclude(pk=application.pk)
    return undecided.annotate(after=Q(pk__gt=application.pk)).order_by("-after", "pk").first()
