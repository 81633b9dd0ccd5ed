"""Documents in the store, in parts of 8 MiB: S3 or a disk behind Django's storage interface. Memory is bounded.

A part may be transformed on its way in and back on its way out, one by one: the store then keeps what the transform made.
"""

from __future__ import annotations

import hashlib
import io
import os
import uuid
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import storages

from workflow.models import StoredFile

# seal(number, part, last) and open(number, stored, last): how the bytes of one part are kept, and read again.
PartTransform = Callable[[int, bytes, bool], bytes]


class StoreAway(Exception):
    """The document store does not answer: nothing was recorded, the sender may try again."""


class Damaged(Exception):
    """What the store gave back is not what was put there."""


def _store() -> Any:
    return storages["default"]


def _key(file_id: uuid.UUID, number: int) -> str:
    return f"files/{file_id.hex[:2]}/{file_id.hex}/{number:05d}"


class PartWriter:
    """Takes bytes as they come, puts a part away whenever 8 MiB are full; at most one part is in memory.

    `size` and `sha256` are those of what was written. With `seal` each part is stored as the transform makes it, and the
    row tells size and digest of that. `part_bytes` is for what comes sealed already, whose parts are longer.
    """

    def __init__(
        self, *, file_id: uuid.UUID | None = None, seal: PartTransform | None = None, part_bytes: int | None = None
    ) -> None:
        self._part_bytes = part_bytes or settings.UPLOAD_PART_BYTES
        self.file_id = file_id or uuid.uuid4()
        self.size = 0
        self.parts = 0
        self._seal = seal
        self._digest, self._stored_digest, self._stored_size = hashlib.sha256(), hashlib.sha256(), 0
        self._buffer = bytearray()

    def write(self, chunk: bytes) -> None:
        """Take the next bytes."""
        self._digest.update(chunk)
        self.size += len(chunk)
        self._buffer += chunk
        while len(self._buffer) > self._part_bytes:  # a full part waits for more: the last one is known as such
            self._put(bytes(self._buffer[: self._part_bytes]), last=False)
            del self._buffer[: self._part_bytes]

    def _put(self, part: bytes, *, last: bool) -> None:
        kept = self._seal(self.parts, part, last) if self._seal else part
        put_part(self.file_id, self.parts, kept)
        self._stored_digest.update(kept)
        self._stored_size += len(kept)
        self.parts += 1

    @property
    def sha256(self) -> str:
        """Return the digest of what was written so far, in hexadecimal."""
        return self._digest.hexdigest()

    def finish(self, *, name: str, media_type: str) -> StoredFile:
        """Put the last part away and write the row."""
        stored = self.finished(name=name, media_type=media_type)
        stored.save(force_insert=True)
        return stored

    def finished(self, *, name: str, media_type: str) -> StoredFile:
        """Put the last part away and return the row, not written yet."""
        if self._buffer or not self.parts:
            self._put(bytes(self._buffer), last=True)
            self._buffer.clear()
        size, digest = self._stored_size, self._stored_digest.hexdigest()
        return StoredFile(id=self.file_id, name=name, media_type=media_type, size=size, sha256=digest, parts=self.parts)

    def abandon(self) -> None:
        """Take back the parts of a file that was refused or broken off; a store that is away keeps orphans only."""
        with suppress(Exception):  # an orphan part is harmless, a lost answer is not
            drop_parts(self.file_id, self.parts)


def put_part(file_id: uuid.UUID, number: int, content: bytes) -> None:
    """Put one part of a file away, in place of what may stand there; refuses with StoreAway."""
    try:
        _store().save(_key(file_id, number), ContentFile(content))
    except Exception as error:
        raise StoreAway(str(error)) from error


def drop_parts(file_id: uuid.UUID, parts: int) -> None:
    """Delete so many parts of a file that nothing points at; refuses with StoreAway."""
    try:
        for number in range(parts):
            _store().delete(_key(file_id, number))
    except Exception as error:
        raise StoreAway(str(error)) from error


def fetch_part(stored: StoredFile, number: int) -> bytes:
    """Return one part as it is stored; refuses with StoreAway, also when it is not there."""
    return _fetched(stored, number)


def keep(content: bytes, *, name: str, media_type: str) -> StoredFile:
    """Store bytes made here (a generated paper) and return their row."""
    writer = PartWriter()
    writer.write(content)
    return writer.finish(name=name, media_type=media_type)


def stream(stored: StoredFile, *, unseal: PartTransform | None = None) -> Iterator[bytes]:
    """Give back a file part by part; refuse at the end when the digest of what is stored is not the recorded one."""
    digest = hashlib.sha256()
    for number in range(stored.parts):
        content = _fetched(stored, number)
        digest.update(content)
        yield unseal(number, content, number == stored.parts - 1) if unseal else content
    if digest.hexdigest() != stored.sha256:
        raise Damaged(str(stored.id))


def _fetched(stored: StoredFile, number: int) -> bytes:
    try:
        with _store().open(_key(stored.id, number), "rb") as part:
            return bytes(part.read())
    except Exception as error:
        raise StoreAway(str(error)) from error


def fault_of(stored: StoredFile) -> str:
    """Tell what is wrong with a file as the store has it now: `missing`, `altered`, or nothing at all.

    For a page, which does not wait: StoreAway after a second without an answer.
    """
    digest = hashlib.sha256()
    try:
        for number in range(stored.parts):
            with storages["impatient"].open(_key(stored.id, number), "rb") as part:
                digest.update(part.read())
    except FileNotFoundError:
        return "missing"
    except Exception as error:
        raise StoreAway(str(error)) from error
    return "" if digest.hexdigest() == stored.sha256 else "altered"


def read(stored: StoredFile, *, unseal: PartTransform | None = None) -> bytes:
    """Give back a small file whole."""
    return b"".join(stream(stored, unseal=unseal))


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


def reader(
    stored: StoredFile, *, size: int | None = None, unseal: PartTransform | None = None
) -> Callable[[int, int], bytes]:
    """Return read(start, length) for a stored file: it holds one part of 8 MiB at a time, the last one asked for.

    `size` is the number of bytes of the file itself, where a transform makes what is stored longer.
    """

    def part(number: int) -> bytes:
        content = _fetched(stored, number)
        return unseal(number, content, number == stored.parts - 1) if unseal else content

    return reader_of(part, size=stored.size if size is None else size)


def reader_of(part: Callable[[int], bytes], *, size: int) -> Callable[[int, int], bytes]:
    """Return read(start, length) for a file of so many bytes whose parts are given by number; one of them is held."""
    kept: dict[int, bytes] = {}

    def held(number: int) -> bytes:
        if number not in kept:
            kept.clear()  # before the next one is there
            kept[number] = part(number)
        return kept[number]

    def read_at(start: int, length: int) -> bytes:
        step, end = settings.UPLOAD_PART_BYTES, min(start + length, size)
        numbers = range(start // step, (end - 1) // step + 1) if end > start else range(0)
        pieces = (held(n)[max(0, start - n * step) : end - n * step] for n in numbers)
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
