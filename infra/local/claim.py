"""One stack per folder: who holds it, and where it can be reached."""

from __future__ import annotations

import fcntl
import json
import os
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from . import places


@dataclass
class Claim:
    """The right to start and stop the servers of one folder; the kernel gives it back when its holder dies."""

    folder: Path
    file: TextIO
    guests: TextIO | None = None

    def announce(self, environment: Mapping[str, str]) -> None:
        """Tell other commands that the servers are up, and under which addresses."""
        place = _card(self.folder)
        place.touch(0o600)
        place.write_text(json.dumps(dict(environment)))

    def is_last(self) -> bool:
        """Tell whether no other command uses the servers now; nobody new can join them then."""
        return self._see_off(fcntl.LOCK_EX | fcntl.LOCK_NB)

    def wait_for_guests(self) -> None:
        """Return when every other command that uses the servers has ended."""
        self._see_off(fcntl.LOCK_EX)

    def _see_off(self, how: int) -> bool:
        self.guests = self.guests or _guests(self.folder)
        try:
            fcntl.flock(self.guests, how)
        except BlockingIOError:
            return False
        return True

    def release(self) -> None:
        """Take the announcement back and let the next one in."""
        _card(self.folder).unlink(missing_ok=True)
        self.file.close()
        if self.guests:
            self.guests.close()


@contextmanager
def visit(*, folder: Path) -> Iterator[None]:
    """Keep whoever holds the claim from stopping the servers while this lasts; servers that are being stopped are waited for."""
    with _guests(folder) as file:
        fcntl.flock(file, fcntl.LOCK_SH)
        yield


def take(*, folder: Path, who: str) -> Claim | None:
    """Return the claim on a folder, or nothing when another command holds it."""
    file = (places.marks(folder) / "claim").open("a+")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        return None
    file.truncate(0)
    file.write(json.dumps({"who": who, "pid": os.getpid()}))
    file.flush()
    _card(folder).unlink(missing_ok=True)
    return Claim(folder, file)


def holder(*, folder: Path) -> tuple[str, int] | None:
    """Return the command that holds a folder and its pid, if any."""
    place = folder / "run" / "claim"
    if not place.exists():
        return None
    with place.open() as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            known = json.loads(file.read())
            return known["who"], known["pid"]
    return None


def announced(*, folder: Path, patience: float = 0.0) -> dict[str, str] | None:
    """Return the addresses of a stack that another command holds, waiting while that stack comes up."""
    deadline = time.monotonic() + patience
    while holder(folder=folder):
        if _card(folder).exists():
            known: dict[str, str] = json.loads(_card(folder).read_text())
            return known
        if time.monotonic() > deadline:
            return None
        time.sleep(0.1)
    return None


def _guests(folder: Path) -> TextIO:
    return (places.marks(folder) / "guests").open("a+")


def _card(folder: Path) -> Path:
    return places.marks(folder) / "environment.json"
