"""Looking into a stored file, in bounded memory: its parts are opened one at a time, and none is put anywhere."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from workflow import scanning, storage
from workflow.contents.kinds import Content, look_at
from workflow.contents.zips import ReadAt
from workflow.findings import NOT_SCANNED, TOO_LARGE_TO_SCAN, VIRUS
from workflow.models import StoredFile
from workflow.storage import PartTransform

PIECE: Final = 256 * 1024


def look_into(stored: StoredFile, *, size: int | None = None, unseal: PartTransform | None = None) -> Content:
    """Say what a stored file is by its bytes, and what in it deserves a warning. `size` is that of the file itself.

    A virus scanner is asked too, where there is one. What it finds is a finding as others are: the file is kept, and said.
    """
    whole = stored.size if size is None else size
    return look_through(storage.reader(stored, size=whole, unseal=unseal), size=whole)


def look_through(read: ReadAt, *, size: int) -> Content:
    """The same for a file whose bytes somebody gives by their place."""
    content = look_at(read, size=size)
    if not content.kind or content.damage or content.locked or not scanning.configured():
        return content
    return replace(content, findings=(*content.findings, *_scanned(read, size)))


def _scanned(read: ReadAt, size: int) -> tuple[str, ...]:
    pieces = (read(start, PIECE) for start in range(0, size, PIECE))
    try:
        found = scanning.scan(pieces)
    except scanning.TooLarge:
        return (TOO_LARGE_TO_SCAN,)
    except scanning.Away:
        return (NOT_SCANNED,)
    return (f"{VIRUS}{found}",) if found else ()
