"""Waiting for what another process does: looked at often, never longer than said."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable


def until(holds: Callable[[], object], *, within: float = 60.0, showing: Callable[[], object] = str) -> None:
    """Return as soon as the condition holds; fail when it still does not after so many seconds, with what `showing` says."""
    deadline = time.monotonic() + within
    pause = threading.Event()
    while not holds():
        assert time.monotonic() < deadline, f"waited {within} s in vain\n{showing()}"
        pause.wait(0.05)
