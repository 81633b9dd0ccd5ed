"""A stored file as programs read files: from any place, with one part of it in memory."""

from __future__ import annotations

import io
import os
from typing import Any

from workflow.models import StoredFile
from workflow.storage import reader


class Opened(io.RawIOBase):
    """A stored file as programs read files: from any place, with one part of 8 MiB in memory; refuses with StoreAway."""

    def __init__(self, stored: StoredFile) -> None:
        self._read_at = reader(stored)
        self._size = stored.size
        self._place = 0

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def seekable(self) -> bool:
        """Say that reading may begin anywhere."""
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Go to a place, counted from the start, from here or from the end."""
        self._place = max(0, offset + {os.SEEK_SET: 0, os.SEEK_CUR: self._place, os.SEEK_END: self._size}[whence])
        return self._place

    def tell(self) -> int:
        """Return the place where reading goes on."""
        return self._place

    def readinto(self, buffer: Any) -> int:
        """Fill a buffer with the next bytes."""
        found = self._read_at(self._place, len(buffer))
        buffer[: len(found)] = found
        self._place += len(found)
        return len(found)
