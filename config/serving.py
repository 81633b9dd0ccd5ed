"""What the web server itself loads: the door, and what a process does before its first request."""

from __future__ import annotations

import gc

from config.wsgi import application  # Django first

from django.core.files.storage import storages  # isort: skip
from django.urls import get_resolver  # isort: skip
from workflow import outbox  # isort: skip

__all__ = ["application"]
YOUNG, MIDDLE, OLD = 20_000, 20, 50  # objects, and rounds, before the collector looks again


def begin() -> None:
    """Hint to the broker from a thread apart, load every page and what speaks to the store; tell the collector that it stays.

    Looking again and again through all that Django keeps would take a tenth of the processor.
    """
    outbox.hand_over_in_background()
    if not get_resolver().url_patterns:
        raise RuntimeError("there is no page to serve")
    getattr(storages["default"], "connection", None)  # made without asking the store
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, MIDDLE, OLD)


begin()
