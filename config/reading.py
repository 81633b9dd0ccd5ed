"""Reading changes nothing: who the reader is, and sits where, is asked once for a page."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from workflow.once import asking_once

READS = ("GET", "HEAD")


class ReadingMiddleware:
    """Draw each page that is only read with one answer to each question about its reader."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in READS:
            return self.get_response(request)
        with asking_once():
            return self.get_response(request)
