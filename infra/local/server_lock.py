"""The server lock of the local stack: a process of its own, and the only one that is given its key."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from . import children, environment, ports, say, secret, venv

NAME = "lock"


@contextmanager
def served(given: Mapping[str, str], *, folder: Path, apart: bool = False) -> Iterator[dict[str, str]]:
    """Yield the variables by which the lock is found: the caller's own, or of one that lives as long as this block.

    `apart` is for a database of its own beside that of the stack: its lock listens elsewhere and has another key.
    """
    if environment.is_given("LOCK_URL"):
        yield {}
        return
    port = ports.any_free() if apart else _port(given)
    told = {"LOCK_URL": f"http://{ports.HOST}:{port}"} if apart else {}
    child = start({**given, **told}, folder=folder, port=port)
    try:
        yield told
    finally:
        child.stop()


@contextmanager
def kept_up(given: Mapping[str, str], *, folder: Path) -> Iterator[None]:
    """Leave the lock of a stack that runs already as it is, else serve one as long as this block."""
    if environment.is_given("LOCK_URL") or ports.answers(_port(given)):
        yield
        return
    with served(given, folder=folder):
        yield


def _port(given: Mapping[str, str]) -> int:
    return int(given["LOCK_URL"].rpartition(":")[2])


def start(settings: Mapping[str, str], *, folder: Path, port: int) -> children.Child:
    """Start the lock and wait until it answers; its key stays on this machine, in a file of its own."""
    known = ("PATH", "VIRTUAL_ENV", "PYTHONUNBUFFERED", "DATABASE_URL", "LOCK_DATABASE_URL", "LOCK_TOKEN")
    own = {name: settings[name] for name in known if name in settings}
    own |= {"LOCK_KEY": secret.kept("lock-key", folder=folder), "LOCK_LISTEN": f"{ports.HOST}:{port}"}
    program = children.Program(NAME, [venv.python(), "-m", "procurement.lock"], own)
    child = children.start(program, folder=folder)
    deadline = time.monotonic() + 20
    while child.ended() is None and time.monotonic() < deadline:
        if ports.answers(port):
            return child
        time.sleep(0.05)
    child.stop()
    raise say.CannotStart(f"The server lock did not start. Its last lines ({child.log}):\n{child.last_lines()}")
