"""How long a step takes: on the clock, of this process, and of the database's process that serves it."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.db import connection


@dataclass(frozen=True)
class Took:
    """Seconds on the clock, and of processor time here and there."""

    clock: float
    here: float
    there: float


def took(act: Callable[[], object]) -> Took:
    """Do it, and return what it took."""
    of_database, begun, used = used_by_connection(), time.perf_counter(), time.process_time()
    act()
    return Took(time.perf_counter() - begun, time.process_time() - used, used_by_connection() - of_database)


def used_by_connection() -> float:
    """Return the processor time of the database's process that serves us; nought where the database is elsewhere."""
    connection.ensure_connection()
    try:
        text = Path(f"/proc/{connection.connection.info.backend_pid}/stat").read_text()
    except OSError:
        return 0.0
    fields = text.rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
