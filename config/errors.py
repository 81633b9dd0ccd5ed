"""Answers when something does not go on: each a page with a sentence and a way out."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseServerError, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext

from accounts.requests import page_of, wants_json
from workflow.refusals import NotPermitted, Refused
from workflow.storage import StoreAway


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose token is stale: the session ended, or the page came from elsewhere."""
    return render(request, "403_csrf.html", status=403)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer a request that could not be read."""
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer a person whose role does not include the page."""
    return render(request, "403.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer an address that does not exist, or not for this person."""
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer a fault of ours; the page needs neither database nor session."""
    return HttpResponseServerError(render_to_string("500.html"))


class Refusals:
    """Turns what the rules refuse into sentences (409), what the role refuses into 403, a silent store into 503."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer the expected refusals; anything else is a fault and goes on."""
        if isinstance(exception, Refused):
            return _refused(request, exception)
        if isinstance(exception, NotPermitted):
            return JsonResponse({"errors": []}, status=403) if wants_json(request) else forbidden(request)
        if isinstance(exception, StoreAway):
            return _store_away(request)
        return None


def _store_away(request: HttpRequest) -> HttpResponse:
    sentence = gettext("The document store does not answer. Nothing was changed; please try again in a minute.")
    if wants_json(request):
        return JsonResponse({"sentence": sentence, "errors": [sentence]}, status=503)
    return render(request, "errors/503.html", {"sentence": sentence, "back_url": page_of(request)}, status=503)


def _refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
    if wants_json(request):
        sentences = [str(reason) for reason in refusal.reasons]
        return JsonResponse({"sentence": " ".join(sentences), "errors": sentences}, status=409)
    context = {"objections": refusal.reasons, "back_url": page_of(request)}
    return render(request, "errors/409.html", context, status=409)
