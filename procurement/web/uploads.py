"""Receiving files for a document asked for: by script with progress, or by a plain form."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_protect

from accounts.requests import wants_json
from procurement.actions.attach_document import attach_document
from procurement.models import Application, CompletionRequest, Requirement
from procurement.models.working_copy import Attached, access_of
from procurement.queries.sealed_files import SealedWriter
from procurement.rules import files
from procurement.rules.file_names import clean_name
from procurement.web.refusals import reasons_json
from workflow import audit, clock, storage
from workflow.guards import Objection, gettext_noop
from workflow.refusals import NotPermitted, Reason, Refused
from workflow.storage import StoreAway
from workflow.uploads import Arrived, PartUploadHandler, arriving

Redraw = Callable[[list[str], int], HttpResponse]
STORE_AWAY = Objection(
    "STORE",
    gettext_noop(
        "The document store does not answer. What was received before is safe: send this file again in a moment."
    ),
    {},
)
NO_FILE = Objection("FILE", gettext_noop("Choose a file first."), {})


@dataclass(frozen=True)
class Destination:
    """What the files answer, the page that shows them, and how to draw it again with sentences when they are refused."""

    application: Application
    requirement: Requirement
    page: str
    redraw: Redraw
    completion: CompletionRequest | None = None


def receive(request: HttpRequest, destination: Destination) -> HttpResponse:
    """Attach the files of a request. The view around it must be csrf_exempt: the token is checked in here."""
    if destination.completion is None:
        access_of(destination.application)  # before a byte is read
    with arriving(request, writer=lambda: SealedWriter(destination.application, destination.requirement)) as handler:
        return _received(request, handler, destination)


@csrf_protect
def _received(request: HttpRequest, handler: PartUploadHandler, destination: Destination) -> HttpResponse:
    kept: list[Attached] = []
    refused: list[Reason] = []
    for file in request.FILES.getlist("file"):
        try:
            kept.append(_attach(request, file, destination))  # type: ignore[arg-type]
        except Refused as refusal:
            refused += refusal.reasons
        except StoreAway:
            handler.store_away = True
    refused += [_too_large(request, name, destination) for name in handler.too_large]
    if handler.store_away:
        refused.append(Reason(STORE_AWAY))
    if not kept and not refused:
        refused.append(Reason(NO_FILE))
    return _answer(request, destination, kept, refused, status=_status(handler))


def _attach(request: HttpRequest, file: Arrived, destination: Destination) -> Attached:
    stored = file.store(named=False)
    assert isinstance(file.writer, SealedWriter)
    try:
        return attach_document(
            application=destination.application,
            requirement=destination.requirement,
            completion=destination.completion,
            received=file.writer.received(stored, name=file.name or ""),
            actor=request.user,
            now=clock.now(),
        )
    except (Refused, NotPermitted, StoreAway):
        with suppress(StoreAway):  # parts that nothing points at are harmless
            storage.discard(stored)
        raise


def _too_large(request: HttpRequest, name: str, destination: Destination) -> Reason:
    values = {"name": clean_name(name), "largest": settings.UPLOAD_MAX_BYTES // (1024 * 1024)}
    objection = Objection(files.NOT_TOO_LARGE.code, files.NOT_TOO_LARGE.message, values)
    refusal = Refused([objection], subject=destination.application, act="attach_document")
    audit.record_refusal(refusal, actor=request.user, now=clock.now())
    return refusal.reasons[0]


def _status(handler: PartUploadHandler) -> int:
    if handler.store_away:
        return 503
    return 413 if handler.too_large else 409


def _answer(
    request: HttpRequest, destination: Destination, kept: list[Attached], refused: list[Reason], *, status: int
) -> HttpResponse:
    if not kept and wants_json(request):
        return reasons_json(refused, status=status)
    for document in kept:
        messages.success(request, gettext("“%(name)s” was received.") % {"name": document.told.name})
    if refused and not wants_json(request):
        return destination.redraw([reason.sentence for reason in refused], status)
    for reason in refused:
        messages.error(request, reason.sentence)
    if wants_json(request):
        return JsonResponse({"url": destination.page})
    return redirect(destination.page)
