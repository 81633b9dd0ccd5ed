"""The documents of an application: one page for each document asked for, its files and a note."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from procurement.actions.remove_document import remove_document
from procurement.actions.save_part import note_part, save_note
from procurement.enums import EnvelopeKind
from procurement.models import Application, Document, Requirement
from procurement.models.browser_copy import seals_in_browser
from procurement.models.working_copy import Attached, WorkingEnvelope, attached, attached_files
from procurement.queries.envelopes import own_document
from procurement.queries.findings import words_for
from procurement.queries.uploads import Arriving, unfinished
from procurement.rules.files import FORMATS
from procurement.web.documents import begun, document_response, warning
from procurement.web.forms.applications import NoteForm
from procurement.web.own_application import load_own, load_requirement
from procurement.web.saving import Part, Values, show_part, write_part
from procurement.web.uploads import Destination, receive
from workflow import clock


@require_http_methods(["GET", "POST"])
def document(request: HttpRequest, reference: str, code: str) -> HttpResponse:
    """The files that answer one document asked for, and a note to them."""
    application = load_own(request, reference)
    requirement = load_requirement(application, code)
    if request.method == "GET" and requirement.envelope == EnvelopeKind.FINANCIAL and seals_in_browser(application):
        return redirect("application_price", reference)
    part = _note(request, application, requirement)
    return write_part(request, application, part, **document_context(application, requirement))


@csrf_exempt  # the token is checked inside, once the files may be read
@require_POST
def upload(request: HttpRequest, reference: str, code: str) -> HttpResponse:
    """Attach files to the working copy."""
    application = load_own(request, reference)
    requirement = load_requirement(application, code)

    def redraw(sentences: list[str], status: int) -> HttpResponse:
        context = document_context(application, requirement, refused=sentences)
        return show_part(request, application, _note(request, application, requirement), status=status, **context)

    page = reverse("application_document", args=[reference, code])
    return receive(request, Destination(application, requirement, page, redraw))


@require_POST
def removal(request: HttpRequest, reference: str, file: UUID) -> HttpResponse:
    """Take a file out of the working copy."""
    found = _own(load_own(request, reference), file)
    remove_document(document=found, actor=request.user, now=clock.now())
    if found.completion_id:
        return redirect("application_completion", reference)
    return redirect("application_document", reference, found.requirement.code)


@require_GET
def download(request: HttpRequest, reference: str, file: UUID) -> HttpResponseBase:
    """Give an applicant their own file back."""
    found = _own(load_own(request, reference), file)
    told = attached(found.application, found).told
    if warned := warning(request, told.findings, name=told.name, application=found.application):
        return warned
    return document_response(told, begun(own_document(found, actor=request.user)), inline=False)


def _own(application: Application, file: UUID) -> Document:
    rows = Document.objects.select_related("requirement", "file", "completion", "application__call__organisation")
    found = rows.filter(application=application, file_id=file).first()
    if found is None:
        raise Http404
    found.application.access = application.access
    return found


def _note(request: HttpRequest, application: Application, requirement: Requirement) -> Part:
    def values(envelope: WorkingEnvelope) -> Values:
        return {"text": (envelope.content.get("notes") or {}).get(requirement.code, "")}

    def save(written: Values, seen: str, now: datetime) -> WorkingEnvelope:
        text = written.get("text", "")
        return save_note(
            application=application, requirement=requirement, text=text, actor=request.user, now=now, seen=seen
        )

    kind = EnvelopeKind(requirement.envelope)
    return Part(note_part(requirement.code), kind, NoteForm, values, save, "application_document.html")


def document_context(
    application: Application, requirement: Requirement, *, refused: list[str] | None = None, completion: Any = None
) -> dict[str, Any]:
    """Return what a page of files shows: those attached, with what was found in them, and what may be attached."""
    files = attached_files(application, requirement=requirement, completion=completion)
    parts = "application_uploads" if completion is None else "application_completion_uploads"
    return {
        "unfinished": [unfinished_row(application, one) for one in unfinished(application, requirement, completion)],
        "parts_url": reverse(parts, args=[application.reference, requirement.code]),
        "requirement": requirement,
        "files": [file_row(application, one) for one in files],
        "room_left": len(files) < requirement.most_files,
        "accept": ",".join(f".{ending}" for ending in requirement.formats or FORMATS),
        "most_bytes": settings.UPLOAD_MAX_BYTES,
        "most_mb": settings.UPLOAD_MAX_BYTES // (1024 * 1024),
        "formats": [ending.upper() for ending in requirement.formats or FORMATS],
        "refused": refused or [],
    }


def unfinished_row(application: Application, one: Arriving) -> dict[str, Any]:
    """Return a file that has begun to arrive as the pages list it."""
    return {
        "name": one.name,
        "percent": 100 * one.offset // one.length,
        "begun_at": one.row.begun_at,
        "drop_url": reverse("application_upload_removal", args=[application.reference, one.row.id]),
    }


def file_row(application: Application, one: Attached) -> dict[str, Any]:
    """Return a file as the pages list it."""
    return {
        "name": one.told.name,
        "size": one.told.size,
        "received_at": one.uploaded_at,
        "sha256": one.told.sha256,
        "findings": words_for(one.told.findings),
        "read_url": reverse("application_file", args=[application.reference, one.row.file_id]),
        "remove_url": reverse("application_file_removal", args=[application.reference, one.row.file_id]),
    }
