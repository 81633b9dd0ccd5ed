"""The web server as `make run` starts it, on a port of its own, for as long as a measurement lasts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from infra.local import application, children, places, ports
from infra.local.stack import Stack

FOLDER: Path = places.VAR / "bench"


@dataclass(frozen=True)
class Serving:
    """Where the server listens, and its first process."""

    port: int
    pid: int


@contextmanager
def served(*, workers: int = application.WORKERS, threads: int = application.THREADS) -> Iterator[Serving]:
    """Yield a server that answers; it ends with the block."""
    port = ports.any_free()
    stack = Stack(FOLDER, {"SITE_URL": f"http://localhost:{port}"})
    FOLDER.mkdir(parents=True, exist_ok=True)
    started = children.start(application.web(stack, workers=workers, threads=threads), folder=FOLDER)
    try:
        application.wait_until_it_answers(started, port=port)
        yield Serving(port, started.popen.pid)
    finally:
        started.stop()
