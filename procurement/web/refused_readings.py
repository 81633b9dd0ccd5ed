"""Whoever is signed in and asks for a page of a file that is not there for them leaves an event."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from procurement.actions.note_refused_reading import note_refused_reading
from workflow import clock

CLOSED = (403, 404)


class RefusedReadings:
    """Looks at answers that say no; an act that was refused has left its own event."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code in CLOSED and not getattr(request, "left_an_event", False):
            _note(request)
        return response


def _note(request: HttpRequest) -> None:
    asked = request.resolver_match
    if asked is None or "reference" not in asked.kwargs or not request.user.is_authenticated:
        return
    note_refused_reading(
        reference=asked.kwargs["reference"], page=asked.url_name or "", actor=request.user, now=clock.now()
    )
