"""The web server as `make run` starts it, on a port of its own, for as long as a measurement lasts."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
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
def served(
    *, workers: int = application.WORKERS, threads: int = application.THREADS, with_worker: bool = False
) -> Iterator[Serving]:
    """Yield a server that answers; it ends with the block, and so do the worker and the beat where they are wanted."""
    port = ports.any_free()
    folder = FOLDER / str(port)
    stack = Stack(folder, {"SITE_URL": f"http://localhost:{port}", "BEAT_FILE": str(folder / "beat")})
    folder.mkdir(parents=True, exist_ok=True)
    programs = [application.web(stack, workers=workers, threads=threads)]
    programs += [application.worker(stack.environment), application.beat(stack)] if with_worker else []
    with ExitStack() as cleanup:
        cleanup.callback(shutil.rmtree, folder, ignore_errors=True)
        started = []
        for program in programs:
            started.append(children.start(program, folder=folder))
            cleanup.callback(started[-1].stop)
        application.wait_until_it_answers(started[0], port=port)
        yield Serving(port, started[0].popen.pid)
