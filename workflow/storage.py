"""Documents in the store, in parts of 8 MiB: S3 or a disk behind Django's storage interface. Memory is bounded."""

from __future__ import annotations

import hashlib
import io
import os
import uuid
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import storages

from workflow.models import StoredFile


class StoreAway(Exception):
    """The document store does not answer: nothing was recorded, the sender may try again."""


class Damaged(Exception):
    """What the store gave back is not what was put there."""


def _store() -> Any:
    return storages["default"]


def _key(file_id: uuid.UUID, number: int) -> str:
    return f"files/{file_id.hex[:2]}/{file_id.hex}/{number:05d}"


class PartWriter:
    """Takes bytes as they come, puts a part away whenever 8 MiB are full; at most one part is in memory."""

    def __init__(self) -> None:
        self.file_id = uuid.uuid4()
        self.size = 0
        self.parts = 0
        self.head = b""
        self._digest = hashlib.sha256()
        self._buffer = bytearray()

    def write(self, chunk: bytes) -> None:
        """Take the next bytes."""
        self._digest.update(chunk)
        self.size += len(chunk)
        if len(self.head) < 4096:
            self.head += chunk[: 4096 - len(self.head)]
        self._buffer += chunk
        while len(self._buffer) >= settings.UPLOAD_PART_BYTES:
            self._put(bytes(self._buffer[: settings.UPLOAD_PART_BYTES]))
            del self._buffer[: settings.UPLOAD_PART_BYTES]

    def _put(self, part: bytes) -> None:
        try:
            _store().save(_key(self.file_id, self.parts), ContentFile(part))
        except Exception as error:
            raise StoreAway(str(error)) from error
        self.parts += 1

    @property
    def sha256(self) -> str:
        """Return the digest of what was written so far, in hexadecimal."""
        return self._digest.hexdigest()

    def finish(self, *, name: str, media_type: str) -> StoredFile:
        """Put the last part away and write the row."""
        if self._buffer or not self.parts:
            self._put(bytes(self._buffer))
            self._buffer.clear()
        return StoredFile.objects.create(
            id=self.file_id, name=name, media_type=media_type, size=self.size, sha256=self.sha256, parts=self.parts
        )

    def abandon(self) -> None:
        """Take back the parts of a file that was refused or broken off; a store that is away keeps orphans only."""
        with suppress(Exception):  # an orphan part is harmless, a lost answer is not
            for number in range(self.parts):
                _store().delete(_key(self.file_id, number))


def keep(content: bytes, *, name: str, media_type: str) -> StoredFile:
    """Store bytes made here (a generated paper) and return their row."""
    writer = PartWriter()
    writer.write(content)
    return writer.finish(name=name, media_type=media_type)


def stream(stored: StoredFile) -> Iterator[bytes]:
    """Give back a file part by part; refuse at the end when its digest is not the recorded one."""
    digest = hashlib.sha256()
    for number in range(stored.parts):
        try:
            with _store().open(_key(stored.id, number), "rb") as part:
                content = part.read()
        except Exception as error:
            raise StoreAway(str(error)) from error
        digest.update(content)
        yield content
    if digest.hexdigest() != stored.sha256:
        raise Damaged(str(stored.id))


def read(stored: StoredFile) -> bytes:
    """Give back a small file whole."""
    return b"".join(stream(stored))


def discard(stored: StoredFile | None) -> None:
    """Delete a file that nothing shows any more, row first: a row still pointed at refuses, and the bytes stay."""
    if stored is None:
        return
    keys = [_key(stored.id, number) for number in range(stored.parts)]
    stored.delete()
    for key in keys:
        try:
            _store().delete(key)
        except Exception as error:
            raise StoreAway(str(error)) from error


def reader(stored: StoredFile) -> Callable[[int, int], bytes]:
    """Return read(start, length) for a stored file: it holds one part of 8 MiB at a time, the last one asked for."""

    @lru_cache(maxsize=1)
    def part(number: int) -> bytes:
        try:
            with _store().open(_key(stored.id, number), "rb") as kept:
                return bytes(kept.read())
        except Exception as error:
            raise StoreAway(str(error)) from error

    def read_at(start: int, length: int) -> bytes:
        size, end = settings.UPLOAD_PART_BYTES, min(start + length, stored.size)
        numbers = range(start // size, (end - 1) // size + 1) if end > start else range(0)
        pieces = (part(n)[max(0, start - n * size) : end - n * size] for n in numbers)
        return b"".join(pieces)

    return read_at


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
