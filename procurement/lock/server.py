"""What the lock answers over HTTP: its public key to anybody on the line, a release to who has the token."""

from __future__ import annotations

import base64
import hmac
import json
import logging
from collections.abc import Callable
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from procurement.lock.key import LockKey

log = logging.getLogger("lock")
LARGEST = 4096  # bytes of a question
Release = Callable[[int], dict[str, Any]]


@dataclass(frozen=True)
class Lock:
    """The key, the token of who may ask, and how a session is released."""

    key: LockKey
    token: str
    release: Release


class Line(BaseHTTPRequestHandler):
    """GET /key, POST /release {"session": number}. Anything else does not exist."""

    lock: Lock
    timeout = 10

    def do_GET(self) -> None:
        """Give the public half of the key."""
        if self.path != "/key":
            return self._answer(404, {})
        return self._answer(200, {"public": base64.b64encode(self.lock.key.public).decode()})

    def do_POST(self) -> None:
        """Release a session, for whoever has the token; everything else the lock reads itself."""
        if self.path != "/release":
            return self._answer(404, {})
        given = self.headers.get("Authorization", "")
        if not hmac.compare_digest(given.encode(), f"Bearer {self.lock.token}".encode()):
            log.warning("a question without the token")
            return self._answer(403, {})
        session = self._session()
        if session is None:
            return self._answer(400, {})
        try:
            answer = self.lock.release(session)
        except Exception as error:  # the database is away: the asker tries again
            log.error("session %s: %s", session, error)
            return self._answer(503, {})
        return self._answer(200, answer)

    def _session(self) -> int | None:
        length = self.headers.get("Content-Length", "")
        if not length.isdigit() or int(length) > LARGEST:
            return None
        try:
            session = json.loads(self.rfile.read(int(length)))["session"]
        except (ValueError, KeyError, TypeError):
            return None
        return session if isinstance(session, int) and 0 < session < 2**63 else None

    def _answer(self, status: int, content: dict[str, Any]) -> None:
        body = json.dumps(content).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - its name in the library
        """Say what was asked; questions hold numbers only."""
        log.info(format, *args)


def serving(lock: Lock, *, host: str, port: int) -> ThreadingHTTPServer:
    """Return the server, listening; port 0 takes any that is free."""
    line = type("LineOfThisLock", (Line,), {"lock": lock})
    return ThreadingHTTPServer((host, port), line)
