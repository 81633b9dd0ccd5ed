"""The curriculum vitae as a file: sent, read again, replaced, removed."""

from __future__ import annotations

from contextlib import suppress

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import wants_json
from experts import documents, queries, rules
from experts.actions.attach_cv import attach_cv
from experts.actions.remove_cv import remove_cv
from experts.models import Expert
from experts.views.saving import own_profile
from workflow import audit, clock, storage
from workflow.findings import has_virus, words_for
from workflow.guards import Objection, gettext_noop
from workflow.inspection import look_into
from workflow.opened_file import Opened
from workflow.refusals import NotPermitted, Reason, Refused, as_json
from workflow.storage import StoreAway
from workflow.uploads import Arrived, PartUploadHandler, arriving

NO_FILE = Objection("FILE", gettext_noop("Choose a file first."), {})


@csrf_exempt  # reading the token reads the file: it is checked inside
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """Show the file that is kept and take another."""
    if request.method == "GET":
        return _show(request, own_profile(request))
    with arriving(request, largest=documents.LARGEST) as handler:
        return _received(request, handler)


@csrf_protect
def _received(request: HttpRequest, handler: PartUploadHandler) -> HttpResponse:
    expert = own_profile(request)
    wrong = _receive(request, handler, expert)
    if wants_json(request):
        return JsonResponse(as_json(wrong), status=422) if wrong else JsonResponse({"reload": True})
    return _show(request, expert, wrong=wrong) if wrong else redirect("profile_cv")


def _show(request: HttpRequest, expert: Expert, *, wrong: list[Reason] | None = None) -> HttpResponse:
    cv = expert.cv
    row = {"name": cv.name, "size": cv.size, "sha256": cv.sha256, "received_at": cv.created_at} if cv else None
    if row:
        row["findings"] = words_for(expert.cv_findings)
    context = {"expert": expert, "cv": row, "wrong": [reason.sentence for reason in wrong or []]}
    return render(request, "experts/cv.html", context, status=422 if wrong else 200)


def _receive(request: HttpRequest, handler: PartUploadHandler, expert: Expert) -> list[Reason]:
    """Keep the file; return the reasons why not."""
    sent = request.FILES.get("file")
    if handler.store_away:
        raise StoreAway("cv")
    if handler.too_large:
        return _too_large(request, expert)
    if not isinstance(sent, Arrived):
        return [Reason(NO_FILE)]
    try:
        _attach(request, expert, sent)
    except Refused as refusal:
        return refusal.reasons
    return []


def _attach(request: HttpRequest, expert: Expert, sent: Arrived) -> None:
    """Look at the bytes where they are stored; a file that is refused is taken out of the store again."""
    stored = sent.store()
    try:
        head = Opened(stored).read(documents.HEAD)
        upload = documents.upload_of(look_into(stored), size=stored.size, head=head)
        attach_cv(
            expert=expert, stored=stored, upload=upload, name=sent.name or "", actor=request.user, now=clock.now()
        )
    except (Refused, NotPermitted, StoreAway):
        with suppress(StoreAway):  # parts that nothing points at are harmless
            storage.discard(stored)
        raise


def _too_large(request: HttpRequest, expert: Expert) -> list[Reason]:
    refusal = Refused([rules.NOT_TOO_LARGE.objection(None)], subject=expert, act="attach_cv")
    audit.record_refusal(refusal, actor=request.user, now=clock.now())
    return refusal.reasons


@require_safe
@never_cache
def file(request: HttpRequest) -> HttpResponseBase:
    """Give the person their own file back: as an attachment, in a type no browser runs."""
    expert = queries.profile_of(request.user)
    if expert is None or expert.cv is None:
        raise Http404
    if has_virus(expert.cv_findings) and not request.GET.get("despite"):
        context = {"name": expert.cv.name, "findings": words_for(expert.cv_findings)}
        return render(request, "experts/cv_warning.html", {**context, "file_url": f"{request.path}?despite=1"})
    response = StreamingHttpResponse(storage.stream(expert.cv), content_type=expert.cv.media_type)
    response["Content-Disposition"] = content_disposition_header(True, expert.cv.name)
    response["Content-Length"] = str(expert.cv.size)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


@require_POST
def removal(request: HttpRequest) -> HttpResponse:
    """Remove the file."""
    remove_cv(expert=own_profile(request), actor=request.user, now=clock.now())
    return redirect(reverse("profile_cv"))
