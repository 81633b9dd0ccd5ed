"""What the person at the terminal reads: one line per step, with the time it took."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager


class CannotStart(Exception):
    """A sentence that says why nothing can go on, and what to do about it."""


def line(text: str = "") -> None:
    """Print one line at once, also when the output is a pipe."""
    print(text, flush=True)


@contextmanager
def step(text: str) -> Iterator[None]:
    """Announce a step before it begins and say afterwards how long it took."""
    started = time.monotonic()
    line(f"  … {text}")
    yield
    line(f"  ✓ {text} ({time.monotonic() - started:.1f} s)")


def trouble(text: str) -> None:
    """Print why it stopped, on the error stream."""
    sys.stdout.flush()
    print(f"\n{text}", file=sys.stderr, flush=True)
