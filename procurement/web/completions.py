"""The request to complete a file, on the applicant's side: only what was asked, only in its window."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from procurement.actions.answer_completion import answer_completion
from procurement.models import Application, CompletionRequest
from procurement.models.facts.completion import completion_facts
from procurement.rules import completion as windows
from procurement.web.application_documents import document_context
from procurement.web.own_application import load_own, load_requirement, render_own
from procurement.web.uploads import Destination, receive
from workflow import clock
from workflow.guards import objections_to
from workflow.refusals import Reason


@require_GET
def completion(request: HttpRequest, reference: str) -> HttpResponse:
    """What is asked, until when, and what was attached so far."""
    own = load_own(request, reference)
    return _page(request, own, _asked(own))


@csrf_exempt  # the token is checked inside, once the files may be read
@require_POST
def upload(request: HttpRequest, reference: str, code: str) -> HttpResponse:
    """Attach files to one of the documents asked for."""
    own = load_own(request, reference)
    asked, requirement = _asked(own), load_requirement(own, code)

    def redraw(sentences: list[str], status: int) -> HttpResponse:
        return _page(request, own, asked, refused={code: sentences}, status=status)

    page = reverse("application_completion", args=[reference])
    return receive(request, Destination(own, requirement, page, redraw, completion=asked))


@require_POST
def answer(request: HttpRequest, reference: str) -> HttpResponse:
    """Send the answer."""
    own = load_own(request, reference)
    answer_completion(application=own, actor=request.user, now=clock.now())
    messages.success(request, gettext("Your answer was sent; the committee reads it next."))
    return redirect("application_completion", reference)


def _asked(own: Application) -> CompletionRequest:
    asked = CompletionRequest.objects.filter(application=own).first()
    if asked is None:
        raise Http404
    asked.application = own
    return asked


def _page(
    request: HttpRequest,
    own: Application,
    asked: CompletionRequest,
    *,
    refused: dict[str, list[str]] | None = None,
    status: int = 200,
) -> HttpResponse:
    now = clock.now()
    facts = completion_facts(asked, now=now)
    documents: list[dict[str, Any]] = [
        document_context(own, requirement, completion=asked, refused=(refused or {}).get(requirement.code))
        for requirement in asked.requirements.all()
    ]
    context = {
        "now": now,
        "asked": asked,
        "documents": documents,
        "open": asked.answered_at is None and now <= asked.due_at,
        "objections": [Reason(one) for one in objections_to(windows.ANSWER, facts)],
    }
    return render_own(request, own, "application_completion.html", context, status=status)
