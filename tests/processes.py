"""Processes that a test has started, looked up where the system lists them."""

from __future__ import annotations

from pathlib import Path


def children(parent: int) -> list[int]:
    """Return the processes that this one has started and that still run, the eldest first."""
    found = []
    for place in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = place.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == parent and fields[0] != "Z":
            found.append(int(place.parent.name))
    return sorted(found)


def command(pid: int) -> bytes:
    """Return what it was started with; nothing when it has ended."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""
