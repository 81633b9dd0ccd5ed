"""Answers when something does not go on: each a page with a sentence and a way out."""

from __future__ import annotations

import sys

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from accounts import unsent
from accounts.requests import wants_json
from config.busy import AWAY, busy
from procurement.web.refusals import NOT_FOUND, NOT_YOURS, reasons_json
from workflow import availability
from workflow.refusals import Reason


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose token is stale: somebody logged in or out since, or the page came from elsewhere.

    The browser says where a form comes from: one of ours, sent without files, can be sent again as it was typed.
    """
    own = request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"
    form = unsent.typed_form(request) if own else None
    context = {"waiting": form, "texts": unsent.long_texts(form)} if form else {}
    return render(request, "403_csrf.html", context, status=403)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer a request that could not be read."""
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer a person whose role does not include the page."""
    if wants_json(request):
        return reasons_json([Reason(NOT_YOURS)], status=403)
    return render(request, "403.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer an address that does not exist, or not for this person."""
    if wants_json(request):
        return reasons_json([Reason(NOT_FOUND)], status=404)
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer a fault of ours, or a database that is away; the page needs neither database nor session."""
    error = sys.exc_info()[1]
    if isinstance(error, AWAY):
        return busy(request, error)
    availability.count_failure()
    return HttpResponse(render_to_string("500.html", {"contact": settings.CONTACT_EMAIL}), status=500)
