"""How often: a few times in `make test`, as often as the list of faults asks in `make faults`."""

from __future__ import annotations

import os

import pytest

LONG = os.environ.get("FAULTS") == "long"
only_long = pytest.mark.skipif(not LONG, reason="with real servers that are ended: `make faults`")


def times(short: int, long: int) -> int:
    """Return how often a fault is tried in this run."""
    return long if LONG else short
