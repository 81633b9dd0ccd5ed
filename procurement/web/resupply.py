"""What of one's application did not open: opened with the access code, or given again against the receipt."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_GET, require_POST

from accounts.requests import wants_json
from procurement.actions.resupply import resupply_file, resupply_form, resupply_receipt, resupply_with_code
from procurement.models import Application
from procurement.queries.browser_manifest import from_browser
from procurement.queries.proofs import why
from procurement.queries.resupply import LARGEST, Missing, formless, is_taken, missing_files, unreadable
from procurement.queries.sealed_files import SealedWriter
from procurement.web.own_application import load_own, render_own
from procurement.web.refusals import reasons_json
from procurement.web.uploads import NO_FILE, STORE_AWAY
from workflow import clock, storage
from workflow.refusals import NotPermitted, Reason, Refused
from workflow.storage import StoreAway
from workflow.uploads import Arrived, PartUploadHandler, arriving


@require_GET
def resupply(request: HttpRequest, reference: str) -> HttpResponse:
    """Show what did not open, with its proof, and the ways to open it."""
    own = load_own(request, reference)
    if not unreadable(own) and not missing_files(own):
        raise Http404
    return _page(request, own)


@require_POST
def code(request: HttpRequest, reference: str) -> HttpResponse:
    """Open what did not open with the access code that this browser has."""
    own = load_own(request, reference)
    return _done_or_refused(
        request, own, lambda: resupply_with_code(application=own, actor=request.user, now=clock.now())
    )


@require_POST
def receipt(request: HttpRequest, reference: str) -> HttpResponse:
    """Take the signed receipt, which tells how the files can be held against what was sealed."""
    own = load_own(request, reference)
    try:
        resupply_receipt(application=own, receipt=_sent(request, "receipt"), actor=request.user, now=clock.now())
    except Refused as refusal:
        return _page(request, own, refused=refusal.reasons, status=409)
    messages.success(request, _("The receipt is right. Now give what is still missing."))
    return redirect("application_resupply", reference)


@require_POST
def form(request: HttpRequest, reference: str) -> HttpResponse:
    """Take the file of what was typed."""
    own, given = load_own(request, reference), _sent(request, "form")
    return _done_or_refused(
        request, own, lambda: resupply_form(application=own, given=given, actor=request.user, now=clock.now())
    )


def _done_or_refused(request: HttpRequest, own: Application, act: Callable[[], Any]) -> HttpResponse:
    try:
        act()
    except Refused as refusal:
        return _page(request, own, refused=refusal.reasons, status=409)
    return _done(request, own)


def _sent(request: HttpRequest, name: str) -> bytes:
    given = request.FILES.get(name)
    return given.read(LARGEST + 1) if given else b""


@csrf_exempt  # the token is checked inside, once the files may be read
@require_POST
def upload(request: HttpRequest, reference: str, file: UUID) -> HttpResponse:
    """Take one file in place of the one that did not open."""
    own = load_own(request, reference)
    missing = next((one for one in missing_files(own) if one.document.file_id == file), None)
    if missing is None:
        raise Http404
    with arriving(request, writer=lambda: SealedWriter(own, missing.document.requirement)) as handler:
        return _received(request, handler, own, missing)


@csrf_protect
def _received(request: HttpRequest, handler: PartUploadHandler, own: Application, missing: Missing) -> HttpResponse:
    files = request.FILES.getlist("file")
    if handler.store_away or not files:
        return _refused(request, own, [Reason(STORE_AWAY if handler.store_away else NO_FILE)])
    try:
        _keep(request, files[0], own, missing)  # type: ignore[arg-type]
    except Refused as refusal:
        return _refused(request, own, refusal.reasons)
    except StoreAway:
        return _refused(request, own, [Reason(STORE_AWAY)])
    answer = _done(request, own)
    return JsonResponse({"url": answer.url}) if wants_json(request) else answer  # type: ignore[attr-defined]


def _keep(request: HttpRequest, file: Arrived, own: Application, missing: Missing) -> None:
    stored = file.store(named=False)
    assert isinstance(file.writer, SealedWriter)
    received = file.writer.received(stored, name=file.name or "")
    try:
        resupply_file(
            application=own, document=missing.document, received=received, actor=request.user, now=clock.now()
        )  # fmt: skip
    except (Refused, NotPermitted):
        with suppress(StoreAway):
            storage.discard(stored)
        raise


def _refused(request: HttpRequest, own: Application, reasons: list[Reason]) -> HttpResponse:
    if wants_json(request):
        return reasons_json(reasons)
    return _page(request, own, refused=reasons, status=409)


def _done(request: HttpRequest, own: Application) -> Any:
    if unreadable(own) or missing_files(own):
        messages.success(request, _("Received, and it is what you had sealed."))
        return redirect("application_resupply", own.reference)
    messages.success(request, _("Everything of your application is open now, as you had sealed it."))
    return redirect("application", own.reference)


def _page(request: HttpRequest, own: Application, *, refused: Any = (), status: int = 200) -> HttpResponse:
    closed = [
        {"envelope": one, "why": why(one.unreadable), "proof": one.unreadable, "in_browser": from_browser(one)}
        for one in unreadable(own)
    ]
    files = [
        {"missing": one, "url": reverse("application_resupply_file", args=[own.reference, one.document.file_id])}
        for one in missing_files(own)
    ]
    context = {
        "closed": closed,
        "sealed_here": not closed or not all(one["in_browser"] for one in closed),
        "sealed_there": any(one["in_browser"] for one in closed),
        "forms": [one for one in formless(own) if is_taken(own.call, one.kind)],
        "told": all(one["missing"].salt for one in files if not from_browser(one["missing"].envelope))
        and all("form" in one["proof"] for one in closed if not one["in_browser"]),
        "files": [one for one in files if one["missing"].salt],
        "unlocked": own.access is not None,
        "refused": refused,
    }
    return render_own(request, own, "application_resupply.html", context, status=status)
