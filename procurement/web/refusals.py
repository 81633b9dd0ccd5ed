"""Refusals that reach the edge become pages: 409 with every reason, 403 to members, 404 to everybody else."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from accounts.requests import safe_path, wants_json
from procurement import permissions
from procurement.models import Call
from procurement.models.access import Locked
from procurement.queries.envelopes import StillSealed
from workflow.guards import Objection, gettext_noop
from workflow.refusals import NotPermitted, Reason, Refused, as_json
from workflow.storage import StoreAway

NOT_YOURS = Objection("PERMISSION", gettext_noop("This page is not for you"), {})
NOT_FOUND = Objection("NOT_FOUND", gettext_noop("There is no page here"), {})
STORE_AWAY = Objection(
    "STORE", gettext_noop("The document store does not answer. Nothing is lost: try again in a moment."), {}
)


class RefusalMiddleware:
    """Answers with sentences instead of failures."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Turn an expected refusal into its answer; leave anything else to fail loudly."""
        if isinstance(error, Refused):
            return _refused(request, error)
        if isinstance(error, (NotPermitted, StillSealed)):
            request.left_an_event = getattr(error, "noted", False)  # type: ignore[attr-defined]
            return _closed_door(request, getattr(error, "subject", None))
        if isinstance(error, Locked):
            return _locked(request, error)
        if isinstance(error, StoreAway):
            return _store_away(request)
        return None


def reasons_json(reasons: Iterable[Reason], *, status: int = 409) -> JsonResponse:
    """Tell a script why not: a sentence, and the reasons with their codes."""
    return JsonResponse(as_json(reasons), status=status)


def _refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
    if wants_json(request):
        return reasons_json(refusal.reasons)
    context = {"reasons": refusal.reasons, "back": _back(request)}
    return render(request, "procurement/refused.html", context, status=409)


def _back(request: HttpRequest) -> str:
    return safe_path(request, request.headers.get("Referer"), default="/")


def _closed_door(request: HttpRequest, subject: Any) -> HttpResponse:
    call = subject if isinstance(subject, Call) else getattr(subject, "call", None)
    member = isinstance(call, Call) and permissions.work_on_call(call, request.user)
    status = 403 if member else 404
    if wants_json(request):
        return reasons_json([Reason(NOT_YOURS if member else NOT_FOUND)], status=status)
    return render(request, f"{status}.html", status=status)


def _locked(request: HttpRequest, error: Locked) -> HttpResponse:
    from procurement.web.codes import answer_locked

    return answer_locked(request, error.subject)


def _store_away(request: HttpRequest) -> HttpResponse:
    if wants_json(request):
        return reasons_json([Reason(STORE_AWAY)], status=503)
    return render(request, "procurement/store_away.html", {"back": _back(request)}, status=503)
