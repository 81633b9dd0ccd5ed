"""The database is away, or an act waited too long for another one: 503, when to come again, and the form to send again."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string

from accounts import unsent
from accounts.requests import page_of, wants_json
from config.turns import NO_ROOM
from procurement.web.refusals import reasons_json
from workflow import availability
from workflow.guards import Objection, gettext_noop
from workflow.refusals import Reason

log = logging.getLogger(__name__)
AWAY = (OperationalError, InterfaceError)  # gone, full, refusing; or a lock or a statement that took too long
RETRY_AFTER = 5  # seconds
BUSY = Objection(
    "BUSY",
    gettext_noop(
        "The service could not do this now. Nothing was done and nothing is lost: try again in a few seconds."
    ),
    {},
)


class NoRoom(Exception):
    """One process takes no more long bodies at once."""


class BusyMiddleware:
    """Answers 503 where the database did not; an act is whole or was not done, so that it can be sent again."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Say when to come again wherever something else said that it is away, the document store for one."""
        if request.META.get(NO_ROOM):
            return busy(request, NoRoom("as many files as one process takes are on their way"))
        answer = self.get_response(request)
        if answer.status_code == 503 and "Retry-After" not in answer:
            answer["Retry-After"] = str(RETRY_AFTER)
            if request.resolver_match and request.resolver_match.url_name != "health":
                availability.count_failure()
        return answer

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Turn a database that is away into its answer; leave anything else to fail loudly."""
        return busy(request, error) if isinstance(error, AWAY) else None


def busy(request: HttpRequest, error: BaseException) -> HttpResponse:
    """Say when to come again, without asking the database anything; what was typed can be sent again with one button."""
    availability.count_failure()
    log.warning("503 for %s: %s: %s", request.path, type(error).__name__, error)
    if wants_json(request):
        answer: HttpResponse = reasons_json([Reason(BUSY)], status=503)
    else:
        form = None if isinstance(error, NoRoom) else unsent.typed_form(request)  # its body is left unread
        context = {
            "waiting": form,
            "csrf_token": get_token(request),
            "back": page_of(request),
            "contact": settings.CONTACT_EMAIL,
        }
        answer = HttpResponse(render_to_string("503.html", context), status=503)
    answer["Retry-After"] = str(RETRY_AFTER)
    answer["Cache-Control"] = "no-store"
    return answer
