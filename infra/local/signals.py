"""Ctrl-C, a closed terminal and a plain kill all mean the same: stop, once, in order."""

from __future__ import annotations

import signal
from types import FrameType

ASKED = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def stop_on_request() -> None:
    """Turn the first request to stop into KeyboardInterrupt, and be deaf to the next ones while things are stopped."""
    for number in ASKED:
        signal.signal(number, _interrupt)


def leave_to_child() -> None:
    """Let the program in the foreground answer Ctrl-C; a plain kill still stops everything."""
    signal.signal(signal.SIGINT, lambda number, frame: None)


def _interrupt(number: int, frame: FrameType | None) -> None:
    for each in ASKED:
        signal.signal(each, signal.SIG_IGN)
    raise KeyboardInterrupt(signal.Signals(number).name)
