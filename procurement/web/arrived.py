"""The end of an upload that came part by part: it is read back, looked into and attached; or dropped by its applicant."""

from __future__ import annotations

from contextlib import suppress
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from procurement.actions.drop_upload import drop_upload
from procurement.actions.finish_upload import finish_upload
from procurement.actions.keep_part import Elsewhere, OutOfPlace
from procurement.actions.rewind_upload import rewind_upload
from procurement.models import Application, Document, Upload
from procurement.queries.upload_check import NotAsStored, check_upload
from procurement.queries.uploads import Arriving
from procurement.web.own_application import load_own
from procurement.web.refusals import reasons_json
from procurement.web.tus import load_upload, upload_of
from workflow import clock
from workflow.guards import Objection, gettext_noop
from workflow.refusals import Reason, Refused

NOT_WHOLE = Objection(
    "UPL-03", gettext_noop("This file is not whole yet: choose it again, and it goes on where it stopped."), {}
)
LOST_AGAIN = Objection(
    "UPL-04",
    gettext_noop("The document store did not keep a part of this file. It is sent again from there."),
    {},
)
WRITTEN_NOW = Objection("UPL-05", gettext_noop("This file is being sent from another window."), {})


@require_POST
def attachment(request: HttpRequest, reference: str, file: UUID) -> HttpResponse:
    """Attach a file that is here whole. Asked twice, for an answer was lost, it says the same again."""
    application = load_own(request, reference)
    if attached := _attached(application, file):
        return JsonResponse({"url": _page(attached)})
    upload = upload_of(application, file)
    if not upload.whole:
        return reasons_json([Reason(NOT_WHOLE)])
    try:
        return _finish(request, upload)
    except NotAsStored as lost:
        rewind_upload(upload=upload.row, parts=lost.part, actor=request.user, now=clock.now())
        response = reasons_json([Reason(LOST_AGAIN)])
        response["X-Send-Again"] = "1"
        return response
    except (Elsewhere, OutOfPlace):
        return reasons_json([Reason(WRITTEN_NOW)], status=423)


def _finish(request: HttpRequest, upload: Arriving) -> HttpResponse:
    try:
        kept = finish_upload(upload=upload.row, checked=check_upload(upload), actor=request.user, now=clock.now())
    except Refused as refusal:
        with suppress(Elsewhere, OutOfPlace):
            drop_upload(upload=upload.row, actor=request.user, now=clock.now())
        return reasons_json(refusal.reasons)
    messages.success(request, gettext("“%(name)s” was received.") % {"name": kept.told.name})
    return JsonResponse({"url": _page(upload.row)})


@require_POST
def dropping(request: HttpRequest, reference: str, file: UUID) -> HttpResponse:
    """Drop an upload, from a page without script."""
    upload = load_upload(request, reference, file)
    try:
        drop_upload(upload=upload.row, actor=request.user, now=clock.now())
    except (Elsewhere, OutOfPlace):
        messages.error(request, Reason(WRITTEN_NOW).sentence)
    return redirect(_page(upload.row))


def _attached(application: Application, file: UUID) -> Document | None:
    rows = Document.objects.select_related("application", "requirement")
    return rows.filter(application=application, file_id=file, removed_at=None).first()


def _page(file: Document | Upload) -> str:
    reference = file.application.reference
    if file.completion_id:
        return reverse("application_completion", args=[reference])
    return reverse("application_document", args=[reference, file.requirement.code])
