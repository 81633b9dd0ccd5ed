"""A real web server in processes of its own, on the database of the test; it can be killed in the middle of what it does."""

from __future__ import annotations

import http.client
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from infra.local import ports
from tests.patience import until
from tests.running_worker import address_of_database


class RunningWeb:
    """One server: its port, and the ways to end and start it."""

    def __init__(self, folder: Path) -> None:
        self.port, self.folder = ports.any_free(), folder
        self.start()

    def start(self) -> None:
        """Start it and wait until it answers; its temporary files go to the folder, to be looked at."""
        environment = {**os.environ, "DATABASE_URL": address_of_database(), "TMPDIR": str(self.folder)}
        command = [
            sys.executable,
            "-m",
            "granian",
            "--interface",
            "wsgi",
            "--host",
            "127.0.0.1",
            "--port",
            str(self.port),
        ]
        self.process = subprocess.Popen(
            [*command, "--workers", "1", "--blocking-threads", "32", "--no-ws", "config.serving:application"],
            env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            start_new_session=True,
        )  # fmt: skip
        until(lambda: ports.answers(self.port) or self.process.poll() is not None, within=60)
        assert self.process.poll() is None

    def kill(self) -> None:
        """End it with its workers, as a power cut would."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(10)
        until(lambda: not ports.answers(self.port))  # its workers are gone too, and their lines with them

    def ask(self, method: str, path: str, headers: dict[str, str], body: bytes = b"") -> http.client.HTTPResponse:
        """Ask for something and read the answer."""
        line = self.begin(method, path, headers, length=len(body))
        line.send(body)
        answer = line.getresponse()
        answer.body = answer.read()  # type: ignore[attr-defined]
        line.close()
        return answer

    def begin(self, method: str, path: str, headers: dict[str, str], *, length: int) -> http.client.HTTPConnection:
        """Send the head of a request whose body has this length."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        line.putrequest(method, path)
        for name, value in {**headers, "Content-Length": str(length)}.items():
            line.putheader(name, value)
        line.endheaders()
        return line


@contextmanager
def running_web(folder: Path) -> Iterator[RunningWeb]:
    """Yield a server that answers."""
    web = RunningWeb(folder)
    try:
        yield web
    finally:
        if web.process.poll() is None:
            web.kill()
