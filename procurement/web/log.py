"""The log of a call: filtered, page by page, as a table to take away, and as a file that proves itself."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from accounts.models import User
from procurement.models import (
    Application,
    Call,
    CommitteeMember,
    CompletionRequest,
    ComplianceItem,
    Consensus,
    Document,
    Interview,
    Letter,
    Paper,
    ScoreSheet,
    Signature,
)
from procurement.queries.log import visible_events
from procurement.web.act_names import name_of, state_name
from procurement.web.forms.log import LogForm
from procurement.web.readings import note_if_auditor
from procurement.web.workspace import load_call, render_page
from workflow.log import export as log_export
from workflow.log.entries import ERASED
from workflow.models import AuditEvent

PER_PAGE = 50
HEADS = ["number", "at", "person", "act", "outcome", "reasons", "from", "to", "subject", "details"]
OF_AN_APPLICATION = (Letter, Consensus, Interview, ComplianceItem, CompletionRequest, Document)
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def load(request: HttpRequest, reference: str) -> Call:
    """Return a call whose log this person may read."""
    return load_call(request, reference, tab="log")


@require_GET
def log(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the events of a call, newest first."""
    call = load(request, reference)
    note_if_auditor(request, call, page="log")
    events, form = _chosen(request, call)
    page = Paginator(events, PER_PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "rows": list(_rows(page.object_list)), "proof": has_proof(call)}
    return render_page(request, call, "procurement/log.html", context, tab="log")


def _chosen(request: HttpRequest, call: Call) -> tuple[QuerySet[AuditEvent], LogForm]:
    visible = visible_events(call, request.user)
    acts = sorted((act, name_of(act)) for act in visible.order_by().values_list("act", flat=True).distinct())
    ids = [pk for pk in visible.order_by().values_list("actor_id", flat=True).distinct() if pk is not None]
    people = sorted(((str(one.pk), str(one)) for one in User.objects.filter(pk__in=ids)), key=lambda one: one[1])
    acts.sort(key=lambda one: one[1])
    form = LogForm(request.GET or None, acts=acts, people=people)
    return form.chosen(visible, zone=call.timezone), form


def _rows(events: Iterable[AuditEvent]) -> Iterator[dict[str, Any]]:
    """Put names beside the identifiers that events hold, in a few readings for a whole page."""
    events = list(events)
    people = User.objects.in_bulk({event.actor_id for event in events if event.actor_id})
    subjects = _subjects(events)
    for event in events:
        yield {
            "event": event,
            "person": people.get(event.actor_id) if event.actor_id else None,
            "act": name_of(event.act, subject=event.subject_type),
            "source": state_name(event.subject_type, event.source),
            "target": state_name(event.subject_type, event.target),
            "subject": subjects.get((event.subject_type, event.subject_id), ""),
            "reason": event.details.get("reason") or event.details.get("page", ""),
            "erased": event.details == ERASED,
        }


def _subjects(events: Iterable[AuditEvent]) -> dict[tuple[str, str], str]:
    """Name what an event is about where one word does: the label of an application, the kind of a paper."""
    shown: dict[tuple[str, str], str] = {}
    for model, related, text in (
        (Application, (), lambda one: one.label),
        (CommitteeMember, ("user",), lambda one: f"{gettext(one.label)} {one.user}"),
        (Paper, ("application", "member"), _about),
        (ScoreSheet, ("application", "member"), lambda one: f"{one.member.label} {one.application.label}"),
        *((model, ("application",), _its_application) for model in OF_AN_APPLICATION),
        (Signature, ("paper__application", "paper__member"), lambda one: _about(one.paper)),
    ):
        table = f"procurement_{model.__name__.lower()}"
        ids = [event.subject_id for event in events if event.subject_type == table]
        rows = model.objects.filter(pk__in=ids).select_related(*related) if ids else []
        shown |= {(table, str(one.pk)): text(one) for one in rows}
    return shown


def _about(paper: Paper) -> str:
    whose = (gettext(row.label) for row in (paper.application, paper.member) if row and row.label)
    return " ".join((paper.get_kind_display(), *whose))


def _its_application(row: Any) -> str:
    return str(row.application.label)


@require_GET
def export(request: HttpRequest, reference: str) -> StreamingHttpResponse:
    """Give the chosen events as CSV; cells that a spreadsheet would compute are made harmless."""
    call = load(request, reference)
    note_if_auditor(request, call, page="log export")
    events, _form = _chosen(request, call)
    answer = StreamingHttpResponse(_lines(events, numbered=has_proof(call)), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{call.reference}-log.csv"'
    return answer


@require_GET
def proof(request: HttpRequest, reference: str) -> StreamingHttpResponse:
    """Give every event that this person may see with its proof, for verify_log.py; there is none before the opening."""
    call = load(request, reference)
    if not has_proof(call):
        raise Http404
    note_if_auditor(request, call, page="log proof")
    lines = log_export.of_file(call.reference, events=visible_events(call, request.user))
    answer = StreamingHttpResponse(lines, content_type="application/jsonl; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{call.reference}-log.jsonl"'
    return answer


def has_proof(call: Call) -> bool:
    """Tell whether the numbers of entries may be shown: before the opening their gaps would say that people apply."""
    return call.opened_at is not None


class _Echo:
    """What csv writes to: it gives each line back."""

    def write(self, line: str) -> str:
        return line


def _lines(events: QuerySet[AuditEvent], *, numbered: bool) -> Iterator[str]:
    """Write the table. Without numbers before the opening: the gaps between them would say how much applicants do."""
    writer = csv.writer(_Echo())
    yield "\ufeff" + writer.writerow(HEADS)  # so that spreadsheets read UTF-8
    people = {pk: str(one) for pk, one in User.objects.in_bulk(list(_actors(events))).items()}
    for event in events.select_related("leaf").iterator(chunk_size=2000):
        number = str(event.leaf.seq) if numbered and hasattr(event, "leaf") else ""
        yield writer.writerow([harmless(cell) for cell in (number, *_cells(event, people))])


def _actors(events: QuerySet[AuditEvent]) -> set[int]:
    return {pk for pk in events.order_by().values_list("actor_id", flat=True).distinct() if pk is not None}


def _cells(event: AuditEvent, people: dict[int, str]) -> list[str]:
    person = people.get(event.actor_id, str(event.actor_id)) if event.actor_id else ""
    person = gettext("erased") if event.details == ERASED else person
    subject = f"{event.subject_type} {event.subject_id}".strip()
    told = {} if event.details == ERASED else event.details
    details = "; ".join(f"{key}: {value}" for key, value in sorted(told.items()))
    reasons = ", ".join(event.reasons)
    return [
        event.at.isoformat(), person, event.act, event.outcome, reasons, event.source, event.target, subject, details,
    ]  # fmt: skip


def harmless(cell: str) -> str:
    """Put an apostrophe before what a spreadsheet would take for a formula."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell
