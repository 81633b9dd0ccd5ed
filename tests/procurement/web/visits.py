"""People in their browsers, for the pages of a call."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from django.http import HttpResponse
from django.test import Client

from procurement.models import Call
from tests.procurement.drafts import Office

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


class Visit:
    """One person before the pages of one call, in English."""

    def __init__(self, user: Any, call: Call) -> None:
        self.client = Client()
        if user is not None:
            self.client.force_login(user, backend=BACKEND)
        self.client.cookies["language"] = "en"
        self.root = f"/calls/{call.reference}/"

    def get(self, path: str) -> Any:
        """Ask for a page of the call."""
        return self.client.get(self.root + path)

    def post(self, path: str, **sent: Any) -> Any:
        """Send a form of the call."""
        return self.client.post(self.root + path, sent)


def visit(world: Office, who: str = "officer") -> Visit:
    """Return one of an office's people before the pages of its call."""
    return Visit(world.cast[who], world.call)


def text_of(response: HttpResponse) -> str:
    """Return what a person reads of a page, without its head and foot."""
    page = response.content.decode()
    page = page[page.find("<main") : page.find("</main>")]
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", page)))


def session_cookie(user: Any) -> dict[str, str]:
    """Return the cookie of a session opened for somebody, for a real browser."""
    client = Client()
    client.force_login(user, backend=BACKEND)
    return {"name": "appel_session", "value": client.cookies["appel_session"].value}
