"""The line to the server lock: its public key, and its part of the keys of what a session opens."""

from __future__ import annotations

import base64
import json
import os
import urllib.request
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from procurement.lock.key import LockKey, from_word
from procurement.lock.releasing import release as release_inside

INSIDE = "inside:"  # the same rules in this process, on its own connection: for tests that commit nothing
PATIENCE = 60.0  # seconds for an answer; a thousand envelopes take a few


class LockAway(Exception):
    """The lock does not answer: whatever needs it waits, and nothing is lost."""


@dataclass(frozen=True)
class Answer:
    """What the lock gave: its parts by envelope, the codes that kept others closed, and those against the session."""

    parts: dict[int, bytes]
    refused: dict[int, list[str]]
    against: list[str]


def public_key() -> bytes:
    """Return the public half of the lock's key; LockAway when nobody answers."""
    if _is_inside():
        return _key_inside().public
    return base64.b64decode(_asked("/key", None, patience=5.0)["public"])


def release(*, session: int) -> Answer:
    """Ask for the parts of a session; the lock decides by itself what it gives. LockAway when nobody answers."""
    if _is_inside():
        with connection.cursor() as cursor:
            told = release_inside(cursor, _key_inside(), session=session)
    else:
        told = _asked("/release", {"session": session}, patience=PATIENCE)
    return Answer(
        parts={int(pk): base64.b64decode(part) for pk, part in told["parts"].items()},
        refused={int(pk): list(codes) for pk, codes in told["refused"].items()},
        against=list(told["against"]),
    )


def _is_inside() -> bool:
    if settings.LOCK_URL != INSIDE:
        return False
    if not settings.CLOCK_SETTABLE:
        raise ImproperlyConfigured("LOCK_URL is inside: — only tests may keep the lock where its key can be read.")
    return True


def _key_inside() -> LockKey:
    return from_word(os.environ["LOCK_KEY"])


def _asked(path: str, question: dict[str, Any] | None, *, patience: float) -> dict[str, Any]:
    if not settings.LOCK_URL:
        raise LockAway("LOCK_URL is not set")
    body = None if question is None else json.dumps(question).encode()
    headers = {"Authorization": f"Bearer {settings.LOCK_TOKEN}", "Content-Type": "application/json"}
    request = urllib.request.Request(f"{settings.LOCK_URL.rstrip('/')}{path}", data=body, headers=headers)  # noqa: S310
    try:
        with urllib.request.urlopen(request, timeout=patience) as answer:  # noqa: S310 - the scheme is checked at the start
            told: dict[str, Any] = json.load(answer)
            return told
    except (OSError, ValueError) as error:  # URLError is an OSError
        raise LockAway(str(error)) from error
