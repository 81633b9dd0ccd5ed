"""What the figures were measured on, and whether anything else ran at that time: on a busy machine they mean little."""

from __future__ import annotations

import os
import platform
import time
from contextlib import suppress
from pathlib import Path

QUIET = 0.15  # share of the processors in use
CPUINFO, STAT = Path("/proc/cpuinfo"), Path("/proc/stat")


def description() -> str:
    """Return one line: processors and their kind, memory, Python."""
    kind = next((line.split(":")[1].strip() for line in _lines(CPUINFO) if line.startswith("model name")), "")
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{os.cpu_count()} processors ({kind or platform.machine()}), {memory:.0f} GiB, Python {platform.python_version()}"


def busy(seconds: float = 1.0) -> float:
    """Return the share of the processors that was in use while this waited; 0 where the system does not tell."""
    used, total = _ticks()
    time.sleep(seconds)
    used_then, total_then = _ticks()
    return (used_then - used) / (total_then - total) if total_then > total else 0.0


def wait_until_quiet(patience: float = 20.0) -> float:
    """Wait for a second in which little else runs, or until patience ends; return how busy the last second was."""
    until = time.monotonic() + patience
    share = busy()
    while share > QUIET and time.monotonic() < until:
        share = busy()
    return share


def time_of(pid: int) -> float:
    """Return the seconds of processor time that a program and those it started have used so far; 0 where nobody tells."""
    parents, ticks = _processes()
    return sum(ticks[one] for one in parents if _descends(one, pid, parents)) / os.sysconf("SC_CLK_TCK")


def _processes() -> tuple[dict[int, int], dict[int, int]]:
    """Return the parent of every process, and the ticks each has used."""
    parents, ticks = {}, {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            words = stat.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
            number = int(stat.parent.name)
            parents[number], ticks[number] = int(words[1]), int(words[11]) + int(words[12])
    return parents, ticks


PROGRAMS = {  # a word of the command line: what it is called in the tables
    "granian": "web",
    "worker": "worker",
    "beat": "beat",
    "postgres": "database",
    "valkey": "broker",
    "ministack": "store",
    "procurement.lock": "lock",
}


def time_by_program(pid: int) -> dict[str, float]:
    """Return the seconds of processor time of everything that a program started, by what it is; the rest are the clients."""
    found: dict[str, float] = {}
    parents, ticks = _processes()
    for one in (one for one in parents if _descends(one, pid, parents)):
        with suppress(OSError):
            words = Path(f"/proc/{one}/cmdline").read_text(encoding="utf-8", errors="replace")
            name = next((name for word, name in PROGRAMS.items() if word in words), "clients")
            found[name] = found.get(name, 0.0) + ticks[one] / os.sysconf("SC_CLK_TCK")
    return found


def _descends(one: int, pid: int, parents: dict[int, int]) -> bool:
    while one and one != pid:
        one = parents.get(one, 0)
    return one == pid


def _ticks() -> tuple[int, int]:
    line = next(iter(_lines(STAT)), "")
    ticks = [int(word) for word in line.split()[1:9]]
    return (sum(ticks) - ticks[3] - ticks[4], sum(ticks)) if ticks else (0, 0)


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8", errors="replace").splitlines() if path.exists() else []
