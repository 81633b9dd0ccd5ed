"""People at a web server, who press its buttons again and again whatever it answers, and keep what was acknowledged."""

from __future__ import annotations

import http.client
import itertools
import re
import threading
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.conf import settings
from django.test import Client

from procurement.models import Application
from tests.patience import until
from tests.procurement.applying import IDENTITY

TOKEN = "t" * 32
CODE = "-".join(["DEM0"] * 8)  # the access code of the applications that tests begin
VERSION = re.compile(r'name="version" value="([^"]*)"')


def browser_of(application: Application) -> Client:
    """Return a client that is signed in as the applicant, and carries the access code."""
    client = Client()
    client.force_login(application.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    client.cookies[f"appel_seal_{application.reference}"] = CODE
    return client


def cookies_of(application: Application) -> dict[str, str]:
    """Return what the browser of an applicant carries."""
    return {name: one.value for name, one in browser_of(application).cookies.items()} | {
        settings.CSRF_COOKIE_NAME: TOKEN
    }


@dataclass(frozen=True)
class Answer:
    """What the server said; nought when nobody answered."""

    status: int = 0
    location: str = ""
    text: str = ""


@dataclass
class Applicant:
    """Presses the button with a key, and again with the same key until a receipt is there."""

    port: int
    reference: str
    cookies: dict[str, str]
    receipts: dict[str, str] = field(default_factory=dict)
    refused: int = 0
    last: Answer = Answer()
    numbers: Iterator[int] = field(default_factory=itertools.count)

    def submit(self, key: str = "") -> str:
        """Return the address of the receipt."""
        key = key or uuid.uuid4().hex
        until(lambda: self.pressed(key), within=120, showing=lambda: self.last)
        return self.receipts[key]

    def submit_again(self) -> str:
        """Write something else first: what is as it was is not submitted a second time."""
        if self.receipts:
            until(self._changed, within=120, showing=lambda: self.last)
        return self.submit()

    def pressed(self, key: str) -> bool:
        """Press once, and tell whether a receipt came."""
        answer = self._ask("POST", "submission", key=key)
        if answer.status == 302 and "receipt" in answer.location:
            assert self.receipts.setdefault(key, answer.location) == answer.location
            return True
        return self._waits(answer)

    def numbers_of_receipts(self) -> list[str]:
        """Return what was acknowledged, in its order."""
        return [place.rstrip("/").rpartition("/")[2] for place in list(self.receipts.values())]

    def _changed(self) -> bool:
        page = self._ask("GET", "identity/")
        if page.status != 200:
            return self._waits(page)
        [version] = VERSION.findall(page.text)
        answer = self._ask("POST", "identity/", **IDENTITY, version=version, telephone=str(next(self.numbers)))
        return answer.status == 302 or self._waits(answer)

    def _waits(self, answer: Answer) -> bool:
        """Note that it was not done; anything but a server that is away is a fault."""
        self.refused += 1
        assert answer.status in (0, 503), answer
        return False

    def _ask(self, method: str, page: str, **form: str) -> Answer:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {"Host": "localhost", "Cookie": cookies, "Content-Type": "application/x-www-form-urlencoded"}
        typed = urlencode(form | {"csrfmiddlewaretoken": TOKEN}) if form else None
        try:
            line.request(method, f"/applications/{self.reference}/{page}", typed, headers)
            came = line.getresponse()
            self.last = Answer(came.status, came.headers.get("Location", ""), came.read().decode())
        except (OSError, http.client.HTTPException):
            self.last = Answer()
        finally:
            line.close()
        return self.last


@contextmanager
def pressing(people: list[Applicant]) -> Iterator[None]:
    """Let everybody change something and submit, again and again, meanwhile."""
    over = threading.Event()

    def press(one: Applicant) -> None:
        while not over.is_set():
            one.submit_again()

    with ThreadPoolExecutor(len(people)) as pool:
        running = [pool.submit(press, one) for one in people]
        try:
            yield
        finally:
            over.set()
            for one in running:
                one.result(180)  # who gave up says why, before whoever waited for them in vain


def acknowledged(people: list[Applicant]) -> list[str]:
    """Return the numbers of all receipts that somebody holds."""
    return [number for one in people for number in one.numbers_of_receipts()]
