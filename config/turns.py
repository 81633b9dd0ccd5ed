"""Turns: a few requests of a process work at a time, and whoever waits for a slow line is not among them.

The server has many threads, for an upload over a slow line keeps one for minutes. They do not work at once: that gives the
best pace, and one page does not wait behind a hundred files. A request without a turn holds no connection to the database.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from io import BytesIO
from typing import Any

from django.db import connections

SMALL = 256 * 1024  # bytes: a body that is read whole before its request takes a turn
LONG_AT_ONCE = 24  # longer bodies that one process takes at a time; the others are asked to come again
NO_ROOM = "appel.no_room"  # in the environment of a request whose long body is not taken now

Application = Callable[[dict[str, Any], Any], Any]


class Turn:
    """The right of one request to work; taken and left by its own thread."""

    def __init__(self, free: threading.BoundedSemaphore) -> None:
        self._free, self._held = free, False

    def take(self) -> None:
        """Wait for it."""
        if not self._held:
            self._free.acquire()
            self._held = True

    def leave(self) -> bool:
        """Let somebody else work, and tell whether it was held."""
        if not self._held:
            return False
        self._held = False
        self._free.release()
        return True


class LongBody:
    """The body of an upload: from its first byte to its last the request has no turn and no connection."""

    def __init__(self, body: Any, *, length: int, turn: Turn) -> None:
        self._body, self._left, self._turn = body, length, turn

    def read(self, size: int = -1) -> bytes:
        """Wait for the next bytes."""
        return self._awaited(self._body.read, size)

    def readline(self, size: int = -1) -> bytes:
        """Wait for the next line."""
        return self._awaited(self._body.readline, size)

    def _awaited(self, read: Callable[[int], bytes], size: int) -> bytes:
        if self._left > 0 and self._turn.leave():
            give_back_connections()
        chunk = read(size)
        self._left -= len(chunk)
        if self._left <= 0:
            self._turn.take()
        return chunk


class Turns:
    """Wraps the product for the web server."""

    def __init__(self, application: Application, *, at_once: int, long_at_once: int = LONG_AT_ONCE) -> None:
        self._application = application
        self._free = threading.BoundedSemaphore(at_once)
        self._room = threading.BoundedSemaphore(long_at_once)

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Answer one request when its turn has come."""
        length, turn = _length(environ), Turn(self._free)
        if length <= SMALL:
            environ["wsgi.input"] = BytesIO(_whole(environ["wsgi.input"], length))
        elif self._room.acquire(blocking=False):
            try:
                environ["wsgi.input"] = LongBody(environ["wsgi.input"], length=length, turn=turn)
                return self._answer(environ, start_response, turn)
            finally:
                self._room.release()
        else:
            environ[NO_ROOM] = True
        return self._answer(environ, start_response, turn)

    def _answer(self, environ: dict[str, Any], start_response: Any, turn: Turn) -> Iterable[bytes]:
        turn.take()
        try:
            answer: Iterable[bytes] = self._application(environ, start_response)
            if getattr(answer, "streaming", True):
                give_back_connections()  # what is sent slowly is read from the store
            return answer
        finally:
            turn.leave()


def give_back_connections() -> None:
    """Let others have this thread's connections to the database; the next statement takes one again."""
    for connection in connections.all(initialized_only=True):
        if not connection.in_atomic_block:
            connection.close()


def _length(environ: dict[str, Any]) -> int:
    said = environ.get("CONTENT_LENGTH") or ""
    return int(said) if said.isascii() and said.isdigit() else 0


def _whole(body: Any, length: int) -> bytes:
    """Read so many bytes, or as many as come before the line breaks."""
    found = bytearray()
    while len(found) < length and (chunk := body.read(length - len(found))):
        found += chunk
    return bytes(found)
