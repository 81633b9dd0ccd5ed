"""Refusals that reach the edge become pages: 409 with every reason, 403 to members, 404 to everybody else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from procurement import permissions
from procurement.models import Call
from procurement.queries.envelopes import StillSealed
from workflow.refusals import NotPermitted, Refused
from workflow.storage import StoreAway


class RefusalMiddleware:
    """Answers with sentences instead of failures."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Turn an expected refusal into its answer; leave anything else to fail loudly."""
        if isinstance(error, Refused):
            return refused(request, error)
        if isinstance(error, (NotPermitted, StillSealed)):
            return _closed_door(request, getattr(error, "subject", None))
        if isinstance(error, StoreAway):
            return _store_away(request)
        return None


def wants_json(request: HttpRequest) -> bool:
    """Tell whether a script asked, and not a page."""
    return "application/json" in request.headers.get("Accept", "")


def refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
    """Answer 409 with the reasons."""
    if wants_json(request):
        errors = [{"code": reason.code, "sentence": reason.sentence} for reason in refusal.reasons]
        return JsonResponse({"errors": errors}, status=409)
    return render(request, "procurement/refused.html", {"reasons": refusal.reasons, "back": _back(request)}, status=409)


def _back(request: HttpRequest) -> str:
    origin = request.headers.get("Referer", "")
    return origin if origin.startswith(f"{request.scheme}://{request.get_host()}/") else "/"


def _closed_door(request: HttpRequest, subject: Any) -> HttpResponse:
    call = subject if isinstance(subject, Call) else getattr(subject, "call", None)
    member = isinstance(call, Call) and permissions.work_on_call(call, request.user)
    status = 403 if member else 404
    if wants_json(request):
        return JsonResponse({"errors": []}, status=status)
    return render(request, f"{status}.html", status=status)


def _store_away(request: HttpRequest) -> HttpResponse:
    if wants_json(request):
        from django.utils.translation import gettext

        sentence = gettext("The document store does not answer. Nothing is lost: try again in a moment.")
        return JsonResponse({"errors": [{"code": "STORE", "sentence": sentence}]}, status=503)
    return render(request, "procurement/store_away.html", {"back": _back(request)}, status=503)
