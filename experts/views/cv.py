"""The curriculum vitae as a file: sent, read again, replaced, removed."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import wants_json
from experts import queries
from experts.actions.attach_cv import attach_cv
from experts.actions.remove_cv import remove_cv
from experts.models import Expert
from experts.views.saving import own_profile
from workflow import clock, storage
from workflow.refusals import Refused


@require_http_methods(["GET", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """Show the file that is kept and take another."""
    expert = own_profile(request)
    if request.method == "GET":
        return _show(request, expert)
    wrong = _receive(request, expert)
    if wrong and not wants_json(request):
        return _show(request, expert, wrong=wrong)
    if wants_json(request):
        return JsonResponse({"errors": wrong} if wrong else {"reload": True}, status=422 if wrong else 200)
    return redirect("profile_cv")


def _show(request: HttpRequest, expert: Expert, *, wrong: list[str] | None = None) -> HttpResponse:
    cv = expert.cv
    row = {"name": cv.name, "size": cv.size, "sha256": cv.sha256, "received_at": cv.created_at} if cv else None
    context = {"expert": expert, "cv": row, "wrong": wrong}
    return render(request, "experts/cv.html", context, status=422 if wrong else 200)


def _receive(request: HttpRequest, expert: Expert) -> list[str]:
    """Keep the file; return the sentences why not."""
    sent = request.FILES.get("file")
    if sent is None:
        return [gettext("Choose a file first.")]
    try:
        attach_cv(
            expert=expert,
            file=sent.file,
            name=sent.name or "",
            size=sent.size or 0,
            actor=request.user,
            now=clock.now(),
        )
    except Refused as refusal:
        return [str(reason) for reason in refusal.reasons]
    return []


@require_safe
@never_cache
def file(request: HttpRequest) -> HttpResponseBase:
    """Give the person their own file back: as an attachment, in a type no browser runs."""
    expert = queries.profile_of(request.user)
    if expert is None or expert.cv is None:
        raise Http404
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
