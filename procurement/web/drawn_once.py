"""Public pages that are drawn once for all visitors: a page is given again for a second, while nothing it shows has changed.

What differs between two visitors stays open in what is kept, and is filled in for each: the token of the forms, and the
instant from which the countdown goes on. A visitor is somebody without a session; everybody else has a page of their own.
"""

from __future__ import annotations

import re
import secrets
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import wraps
from threading import Lock
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.utils.translation import get_language

from procurement.queries.versions import Version

FRESH = timedelta(seconds=1)  # the page shows the server's clock
MOST = 200  # pages in the memory of one process
OF_A_PERSON = {settings.SESSION_COOKIE_NAME, "messages"}
TOKEN = f"token-{secrets.token_hex(16)}"  # stands where the token goes, and nowhere else
OPEN = re.compile(rf'{TOKEN}|(?<=data-now=")[^"]*(?=")'.encode())

View = Callable[..., HttpResponse]


@dataclass
class Place:
    """Where one page is kept; whoever draws it holds the lock, and the others wait for what is drawn."""

    lock: Lock = field(default_factory=Lock)
    drawn_at: datetime | None = None
    version: tuple[Any, ...] = ()
    pieces: list[bytes] = field(default_factory=list)
    holes: list[bytes] = field(default_factory=list)

    def holds(self, version: Version) -> bool:
        """Tell whether what is kept may be given at this instant."""
        now, shown = version
        return self.drawn_at is not None and shown == self.version and abs(now - self.drawn_at) < FRESH

    def keep(self, content: bytes, version: Version) -> None:
        """Keep a page, cut where each answer differs."""
        self.drawn_at, self.version = version
        self.pieces, self.holes = OPEN.split(content), OPEN.findall(content)

    def filled(self, *, token: str, now: datetime) -> bytes:
        """Return the page for one visitor."""
        fillings = (token if hole == TOKEN.encode() else now.isoformat() for hole in self.holes)
        between = [*(filling.encode() for filling in fillings), b""]
        return b"".join(part for pair in zip(self.pieces, between, strict=True) for part in pair)


class Shelf:
    """The pages that one process keeps; the one nobody asked for the longest makes room."""

    def __init__(self) -> None:
        self._places: OrderedDict[Any, Place] = OrderedDict()
        self._lock = Lock()

    def place(self, key: Any) -> Place:
        """Return the place of a page, an empty one at first."""
        with self._lock:
            found = self._places.pop(key, None) or Place()
            self._places[key] = found
            if len(self._places) > MOST:
                self._places.popitem(last=False)
        return found

    def clear(self) -> None:
        """Forget every page."""
        with self._lock:
            self._places.clear()


SHELF = Shelf()


def drawn_once(version_of: Callable[..., Version | None]) -> Callable[[View], View]:
    """Keep what a view draws for visitors as long as `version_of` (asked with the view's arguments) answers the same.

    For views that draw a page or raise. What `version_of` has no version for is drawn each time.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, **named: Any) -> HttpResponse:
            version = version_of(**named) if _is_of_a_visitor(request) else None
            if version is None:
                return view(request, **named)
            return _given(request, version, draw=lambda: view(request, **named))

        return answer

    return decorate


def open_token(request: HttpRequest) -> dict[str, str]:
    """Leave the token open in a page that is drawn for all (a context processor)."""
    return {"csrf_token": TOKEN} if getattr(request, "drawn_for_all", False) else {}


def _is_of_a_visitor(request: HttpRequest) -> bool:
    return request.method == "GET" and not OF_A_PERSON & request.COOKIES.keys()


def _given(request: HttpRequest, version: Version, *, draw: Callable[[], HttpResponse]) -> HttpResponse:
    place = SHELF.place((request.get_host(), request.get_full_path(), get_language(), request.COOKIES.get("theme")))
    with place.lock:
        if not place.holds(version):
            place.keep(_drawn_for_all(request, draw), version)
    return HttpResponse(place.filled(token=get_token(request), now=version[0]))


def _drawn_for_all(request: HttpRequest, draw: Callable[[], HttpResponse]) -> bytes:
    """Draw with what differs left open; when the view raises, the page of the fault is this visitor's own."""
    request.drawn_for_all = True  # type: ignore[attr-defined]
    try:
        return draw().content
    finally:
        request.drawn_for_all = False  # type: ignore[attr-defined]
