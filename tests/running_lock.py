"""The server lock in a process of its own, on the database of the test."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.db import connection

from infra.local import ports
from tests.patience import until

TOKEN = "only-for-tests-asks-the-lock-for-its-part-of-keys"


@dataclass
class RunningLock:
    """The lock while a test lasts, and the ways to end it."""

    process: subprocess.Popen[bytes]
    address: str

    def stop(self) -> None:
        """Ask it to end; what it is answering is answered."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        assert self.process.wait(15) == 0

    def kill(self) -> None:
        """End it as a power cut would."""
        self.process.kill()
        self.process.wait(10)


@contextmanager
def running_lock(**variables: str) -> Iterator[RunningLock]:
    """Yield a lock that answers, and have this process ask it."""
    port = ports.any_free()
    database = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{quote(str(connection.settings_dict['NAME']))}")
    given = {"LOCK_KEY": os.environ["LOCK_KEY"], "LOCK_TOKEN": TOKEN, "LOCK_LISTEN": f"{ports.HOST}:{port}"}
    given |= {"DATABASE_URL": database.geturl(), "PATH": os.environ["PATH"], **variables}
    process = subprocess.Popen([sys.executable, "-m", "procurement.lock"], env=given, stdin=subprocess.DEVNULL)
    lock = RunningLock(process, f"http://{ports.HOST}:{port}")
    before = settings.LOCK_URL, settings.LOCK_TOKEN
    settings.LOCK_URL, settings.LOCK_TOKEN = lock.address, TOKEN
    try:
        until(lambda: ports.answers(port) or process.poll() is not None, within=30)
        yield lock
    finally:
        settings.LOCK_URL, settings.LOCK_TOKEN = before
        lock.kill()
