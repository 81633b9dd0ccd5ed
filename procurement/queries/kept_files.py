"""Whether the store still holds what was sent to it, asked before somebody submits."""

from __future__ import annotations

import time
from collections.abc import Iterable

from procurement.models import Document
from workflow import storage
from workflow.storage import StoreAway

AT_ONCE = 64 * 1024 * 1024  # bytes read for one page; a longer file waits for the check after the opening
PATIENCE = 2.0  # seconds for all of them


def no_longer_kept(documents: Iterable[Document]) -> list[Document]:
    """Return the files that the store lost or holds otherwise than they were received, the shortest read first.

    It promises nothing of the others: a store that is away, or slow, keeps nobody from submitting.
    """
    wrong, room, end = [], AT_ONCE, time.monotonic() + PATIENCE
    for document in sorted(documents, key=lambda one: one.file.size):
        room -= document.file.size
        if room < 0 or time.monotonic() > end:
            break
        try:
            fault = storage.fault_of(document.file)
        except StoreAway:
            break
        wrong += [document] if fault else []
    return wrong
