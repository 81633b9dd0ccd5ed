"""Disks that are full: a small file system of its own, or a limit on how long a file of this process may grow."""

from __future__ import annotations

import resource
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest


@contextmanager
def small_disk(place: Path, *, mebibytes: int) -> Iterator[Path]:
    """Yield a folder on a file system of this size; skip the test where none may be mounted."""
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={mebibytes}m", "none", str(place)]
    if subprocess.run(command, check=False, capture_output=True).returncode:
        pytest.skip("a small file system cannot be mounted here")
    try:
        place.chmod(0o755)
        yield place
    finally:
        subprocess.run(["umount", "--lazy", str(place)], check=True)


def enlarge(place: Path, *, mebibytes: int) -> None:
    """Give a small file system more room."""
    subprocess.run(["mount", "-o", f"remount,size={mebibytes}m", str(place)], check=True)


def fill(place: Path) -> Path:
    """Leave no byte free; return the file to delete to make room."""
    filler = place / "filler"
    with suppress(OSError), filler.open("wb", buffering=0) as file:
        while file.write(b"x" * 65536):
            pass
    return filler


@contextmanager
def files_end_at(size: int) -> Iterator[None]:
    """Let no file that this process writes grow beyond so many bytes, as on a disk that is full by then."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
