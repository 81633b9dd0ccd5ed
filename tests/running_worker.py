"""A real Celery worker in a process of its own, on the database of the test."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlsplit

import redis
from django.conf import settings
from django.db import connection

from tests.patience import until
from tests.processes import children

COMMAND = [sys.executable, "-m", "celery", "-A", "config", "worker", "--loglevel", "info", "--concurrency", "1"]
QUIET = ["--without-gossip", "--without-mingle"]


@dataclass
class RunningWorker:
    """The worker while a test lasts: what it said, and the ways to end it."""

    process: subprocess.Popen[str]
    lines: list[str] = field(default_factory=list)

    def said(self, words: str) -> bool:
        """Tell whether these words are in its log."""
        return any(words in line for line in list(self.lines))

    def log(self) -> str:
        """Return everything it said so far."""
        return "\n".join(list(self.lines))

    def stop(self) -> None:
        """Let it finish what it does, then end."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(15)
            except subprocess.TimeoutExpired:
                self.kill()

    def kill(self) -> None:
        """End it in the middle of what it does, with its children, as a power cut would."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(10)

    def kill_child(self) -> None:
        """End in the middle the process that makes the effects, as a lack of memory would; its parent starts another one."""
        [child] = children(self.process.pid)
        os.kill(child, signal.SIGKILL)
        until(lambda: len(children(self.process.pid)) == 1 and children(self.process.pid) != [child], showing=self.log)


@contextmanager
def running_worker() -> Iterator[RunningWorker]:
    """Yield a worker that has said it is ready; the broker is empty before and after."""
    _empty_broker()
    environment = {**os.environ, "DATABASE_URL": address_of_database(), "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(
        [*COMMAND, *QUIET],
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    worker = RunningWorker(process)
    reader = threading.Thread(target=_read, args=(process, worker.lines), daemon=True)
    reader.start()
    try:
        until(lambda: worker.said(" ready.") or process.poll() is not None, within=60)
        assert process.poll() is None, worker.log()
        yield worker
    finally:
        worker.stop()
        reader.join(10)
        _empty_broker()


def _read(process: subprocess.Popen[str], lines: list[str]) -> None:
    assert process.stdout is not None
    with process.stdout as output:
        lines.extend(line.rstrip() for line in output)


def address_of_database() -> str:
    """Return the address of the database of the tests, for a process of its own."""
    name = quote(str(connection.settings_dict["NAME"]))
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()


def _empty_broker() -> None:
    broker: Any = redis.Redis.from_url(settings.CELERY_BROKER_URL)
    with broker:
        broker.flushdb()
