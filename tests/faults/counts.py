"""How often: a few times in `make test`, as often as the list of faults asks in `make faults` (FAULTS=20: twenty times at most)."""

from __future__ import annotations

import os

import pytest

ASKED = os.environ.get("FAULTS", "")
LONG = ASKED != ""
only_long = pytest.mark.skipif(not LONG, reason="with real servers that are ended: `make faults`")


def times(short: int, long: int) -> int:
    """Return how often a fault is tried in this run."""
    if not LONG:
        return short
    return min(long, int(ASKED)) if ASKED.isdecimal() else long
