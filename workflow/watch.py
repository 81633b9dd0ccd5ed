"""What nobody would be told otherwise: looked at once a minute by the worker, and by `manage.py check` whenever it is run.

Whoever sends a part to a store that is away is told to come again and loses nothing (ADR 13), and whoever submits does not
notice: so the health page says it with 200, lest servers be taken out of service that can still acknowledge.
"""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable

from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import storages

from workflow import clock_watch

log = logging.getLogger(__name__)
HOLDS = 150  # seconds: two watches and a half, then nobody knows any more


def store_fault() -> str:
    """Put a small object into the document store, read it back, take it away; return what is wrong, or nothing."""
    store, name, content = storages["default"], f"watch/{uuid.uuid4().hex}", uuid.uuid4().bytes
    try:
        store.save(name, ContentFile(content))
        with store.open(name, "rb") as kept:
            same = kept.read() == content
        store.delete(name)
    except Exception as error:
        return f"The document store is away: {type(error).__name__}: {error}"
    return "" if same else "The document store gives back something else than was put there."


WATCHED: dict[str, Callable[[], str]] = {"store: away": store_fault, "clock: wrong": clock_watch.fault}


def watch() -> None:
    """Say each fault in the log, and remember it for the health page."""
    for name, fault in WATCHED.items():
        if sentence := fault():
            log.error("%s", sentence)
        elif cache.get(_key(name)):
            log.warning("No longer: %s", name)
        cache.set(_key(name), bool(sentence), timeout=HOLDS)


def seen() -> list[str]:
    """Return what the last watch found; nothing where none was, or where the shared counts are away."""
    return [name for name in WATCHED if cache.get(_key(name))]


def _key(name: str) -> str:
    return f"watch:{name.partition(':')[0]}"
