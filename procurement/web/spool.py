"""Ciphertext that waits in a temporary file while a part comes over a slow line; a disk without room is an answer, not a failure."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from tempfile import SpooledTemporaryFile

IN_MEMORY = 256 * 1024  # bytes
log = logging.getLogger(__name__)


class NoRoom(Exception):
    """The folder for temporary files is full: nothing was kept, the sender may try again."""


class Spool:
    """Takes bytes as they come and gives them back together; the file has no name and is gone with the block."""

    def __enter__(self) -> Spool:
        self._file = SpooledTemporaryFile(max_size=IN_MEMORY)
        return self

    def __exit__(self, *_error: object) -> None:
        with suppress(OSError):  # closing writes what is still held back, and finds no room for it either
            self._file.close()

    def write(self, piece: bytes) -> None:
        """Take the next bytes; refuses with NoRoom."""
        with _no_room():
            self._file.write(piece)

    def whole(self) -> bytes:
        """Give everything back; refuses with NoRoom when the last of it could not be written."""
        with _no_room():
            self._file.seek(0)
            return self._file.read()


@contextmanager
def _no_room() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        log.error("the folder for temporary files takes nothing more: %s", error)
        raise NoRoom(str(error)) from error
