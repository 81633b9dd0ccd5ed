"""The web server as the product starts it, on the database of the test."""

from __future__ import annotations

import http.client
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlsplit

from django.db import connection

from infra.local import ports
from tests.patience import until
from tests.processes import children, command

COMMAND = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--no-ws"]
HOW = ["--workers", "2", "--blocking-threads", "32", "--respawn-failed-workers", "--respawn-interval", "0.1"]


@dataclass
class Served:
    """A running web server."""

    port: int
    process: subprocess.Popen[bytes]
    killed: int = 0

    def workers(self) -> list[int]:
        """Return its processes that answer requests."""
        return [pid for pid in children(self.process.pid) if b"resource_tracker" not in command(pid)]

    def kill_one(self) -> None:
        """End the eldest of them in the middle of what it does, and wait until there are as many again.

        The server takes one that ends twice within five seconds for a crash loop, and ends itself.
        """
        there = self.workers()
        os.kill(there[0], signal.SIGKILL)
        self.killed += 1
        until(lambda: len(self.workers()) >= len(there) and not set(there) <= set(self.workers()), within=60)

    def status(self, path: str = "/health/") -> int:
        """Ask for a page; nought when nobody answers."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            line.request("GET", path, headers={"Host": "localhost"})
            return line.getresponse().status
        except (OSError, http.client.HTTPException):
            return 0
        finally:
            line.close()


def database_of_the_test() -> str:
    name = quote(str(connection.settings_dict["NAME"]))
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()


def as_installed(static: Path, environment: dict[str, str]) -> dict[str, str]:
    """Return what makes it answer as an installation does, faults too: without the pages for who writes the program."""
    own = {"DEBUG": "0", "STATIC_ROOT": str(static)}
    collect = [sys.executable, "manage.py", "collectstatic", "--no-input", "--verbosity", "0"]
    subprocess.run(collect, env=environment | own, stdin=subprocess.DEVNULL, check=True)
    return own


@contextmanager
def served(log: Path, **more: str) -> Iterator[Served]:
    """Yield a web server that answers; it ends with the block."""
    environment = {**os.environ, "DATABASE_URL": database_of_the_test(), "PYTHONUNBUFFERED": "1", **more}
    environment |= as_installed(log.parent / "static", environment)
    port = ports.any_free()
    with log.open("wb") as output:
        process = subprocess.Popen(
            [*COMMAND, *HOW, "--port", str(port), "config.serving:application"],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    serving = Served(port, process)
    try:
        until(lambda: serving.status() in (200, 503), within=90, showing=lambda: log.read_text()[-4000:])
        yield serving
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait(15)
