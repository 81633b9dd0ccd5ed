"""Whether the clock of the database goes as time goes: it decides what is late, and whoever runs the server can set it."""

from __future__ import annotations

import time
from pathlib import Path
from time import time as wall

from django.core.cache import cache
from django.db import Error, connection

APART = 5.0  # seconds between two machines that both follow NTP, a slow answer included
JUMP = 2.0  # seconds that a clock may gain or lose between two looks; NTP turns it back by 30 ms a minute at most
LOOKS = 4
REMEMBERED = 24 * 3600  # seconds
STEADY = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)  # of this machine, which nobody can set


def fault() -> str:
    """Return in a sentence how the database's clock is wrong, or nothing; a database that is away is told elsewhere."""
    try:
        database, here, steady = _instants()
    except Error:
        return ""
    before = cache.get(_key())
    cache.set(_key(), (database, steady), timeout=REMEMBERED)
    jumped = (database - before[0]) - (steady - before[1]) if before else 0.0
    if abs(jumped) > JUMP:
        return f"The clock of the database jumped by {jumped:+.1f} seconds within {steady - before[1]:.0f}."
    if abs(database - here) > APART:
        return f"The clock of the database is {database - here:+.1f} seconds from that of this machine: which is right?"
    return ""


def _instants() -> tuple[float, float, float]:
    """Return what three clocks say at once: that of the database, that of this machine, and the steady one.

    Of a few looks the one that took the shortest counts: a busy machine must not be taken for a wrong clock.
    """
    looks = []
    with connection.cursor() as cursor:
        for _ in range(LOOKS):
            here, steady = wall(), time.clock_gettime(STEADY)
            cursor.execute("SELECT extract(epoch FROM clock_timestamp())::float8")
            [database] = cursor.fetchone()
            looks.append((time.clock_gettime(STEADY) - steady, database, here, steady))
    _took, database, here, steady = min(looks)
    return database, here, steady


def _key() -> str:
    """Name what this machine remembers since it was started; another one has another steady clock."""
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    except OSError:
        boot = "this"
    return f"watch:clock:{boot}"
