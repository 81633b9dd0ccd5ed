"""What the document store is asked in this thread, and with which headers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.files.storage import storages


@contextmanager
def requests_to_the_store() -> Iterator[list[Any]]:
    """Give the requests that are sent meanwhile, each as it goes over the line."""
    seen: list[Any] = []

    def note(request: Any, **_more: Any) -> None:
        seen.append(request)

    events = storages["default"].connection.meta.client.meta.events  # type: ignore[attr-defined]
    events.register("before-send.s3", note)
    try:
        yield seen
    finally:
        events.unregister("before-send.s3", note)
