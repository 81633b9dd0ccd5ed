"""Turns of the web server: whoever waits for a slow line keeps nobody from working, and no connection to the database."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

import pytest
from django.db import connection

from config.turns import NO_ROOM, SMALL, Turns

LONG = SMALL + 1000
Ask = Callable[..., threading.Thread]


class SlowLine:
    """A body of which something came, and the rest is waited for."""

    def __init__(self, content: bytes, *, first: int) -> None:
        self.content, self.first = BytesIO(content), first
        self.awaited, self.arrived = threading.Event(), threading.Event()

    def read(self, size: int = -1) -> bytes:
        if self.content.tell() >= self.first:
            self.awaited.set()
            assert self.arrived.wait(30)
        return self.content.read(min(size, 100) if size >= 0 else -1)


@pytest.fixture
def ask() -> Iterator[Ask]:
    """Ask in threads, which have ended when the test has."""
    threads: list[threading.Thread] = []

    def begin(turns: Turns, environ: dict[str, Any] | None = None) -> threading.Thread:
        threads.append(threading.Thread(target=turns, args=(environ or {"wsgi.input": BytesIO()}, None)))
        threads[-1].start()
        return threads[-1]

    yield begin
    for thread in threads:
        thread.join(30)
        assert not thread.is_alive()


def sent(line: SlowLine, length: int) -> dict[str, Any]:
    return {"wsgi.input": line, "CONTENT_LENGTH": str(length), "name": "slow"}


def read_all(environ: dict[str, Any]) -> bytes:
    whole = b""
    while len(whole) < int(environ["CONTENT_LENGTH"]):
        whole += environ["wsgi.input"].read(64 * 1024)
    return whole


@pytest.mark.parametrize("length", [500, LONG])
def test_others_work_while_a_body_is_waited_for(ask: Ask, length: int) -> None:
    bodies: list[bytes] = []

    def product(environ: dict[str, Any], _start: Any) -> list[bytes]:
        if "name" in environ:
            bodies.append(read_all(environ))
        return []

    turns, line = Turns(product, at_once=1), SlowLine(b"x" * length, first=100)
    slow = ask(turns, sent(line, length))
    assert line.awaited.wait(30)
    ask(turns).join(30)  # ends, though the other one has not
    assert bodies == []
    line.arrived.set()
    slow.join(30)
    assert bodies == [b"x" * length]


def test_what_follows_a_long_body_takes_a_turn_again(ask: Ask) -> None:
    read, go_on, worked = threading.Event(), threading.Event(), threading.Event()

    def product(environ: dict[str, Any], _start: Any) -> list[bytes]:
        if "name" in environ:
            read_all(environ)
            read.set()
            assert go_on.wait(30)
        else:
            worked.set()
        return []

    turns, line = Turns(product, at_once=1), SlowLine(b"x" * LONG, first=LONG + 1)
    ask(turns, sent(line, LONG))
    assert read.wait(30)
    ask(turns)
    assert not worked.wait(0.2)  # it waits for its turn
    go_on.set()
    assert worked.wait(30)


def test_more_long_bodies_than_there_is_room_for_are_told_to_come_again(ask: Ask) -> None:
    turned_away: list[bool] = []

    def product(environ: dict[str, Any], _start: Any) -> list[bytes]:
        if environ.get(NO_ROOM):
            turned_away.append(True)
        else:
            read_all(environ)
        return []

    turns, line = Turns(product, at_once=4, long_at_once=1), SlowLine(b"x" * LONG, first=100)
    ask(turns, sent(line, LONG))
    assert line.awaited.wait(30)
    ask(turns, sent(SlowLine(b"", first=0), LONG)).join(30)
    line.arrived.set()
    assert turned_away == [True]


def test_a_request_that_fails_leaves_its_turn() -> None:
    def product(environ: dict[str, Any], _start: Any) -> list[bytes]:
        raise LookupError

    turns = Turns(product, at_once=1, long_at_once=1)
    for _ in range(3):
        with pytest.raises(LookupError):
            turns(sent(SlowLine(b"", first=1), LONG), None)


@pytest.mark.django_db(transaction=True)
def test_a_connection_is_not_kept_while_a_long_body_is_waited_for(ask: Ask) -> None:
    kept: list[bool] = []

    class Looking(SlowLine):
        def read(self, size: int = -1) -> bytes:
            kept.append(connection.connection is not None)
            return super().read(size)

    def product(environ: dict[str, Any], _start: Any) -> list[bytes]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        read_all(environ)
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            kept.append(connection.connection is not None)
        connection.close()
        return []

    ask(Turns(product, at_once=1), sent(Looking(b"x" * LONG, first=LONG + 1), LONG)).join(30)
    assert kept[-1]
    assert not any(kept[:-1])
