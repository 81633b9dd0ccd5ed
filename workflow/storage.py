"""Documents in the store, in parts of 8 MiB: S3 or a disk behind Django's storage interface. Memory is bounded.

A part may be transformed on its way in and back on its way out, one by one: the store then keeps what the transform made.
It comes and goes in pieces, each let go of as the next one is made: whoever seals or opens a part holds it once, not twice.
"""

from __future__ import annotations

import hashlib
import io
import uuid
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import storages

from workflow.models import StoredFile

PIECE = 256 * 1024  # bytes of a part that is read from the store
# seal(number, pieces, last) and open(number, pieces, last): how the bytes of one part are kept, and read again.
PartSeal = Callable[[int, Iterator[memoryview], bool], Iterable[bytes]]
PartTransform = Callable[[int, Iterator[bytes], bool], bytes]


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
        self, *, file_id: uuid.UUID | None = None, seal: PartSeal | None = None, part_bytes: int | None = None
    ) -> None:
        self._part_bytes = part_bytes or settings.UPLOAD_PART_BYTES
        self.file_id = file_id or uuid.uuid4()
        self.size = 0
        self.parts = 0
        self._seal = seal
        self._digest, self._stored_digest, self._stored_size = hashlib.sha256(), hashlib.sha256(), 0
        self._held, self._waiting = deque[memoryview](), 0

    def write(self, chunk: bytes) -> None:
        """Take the next bytes."""
        self._digest.update(chunk)
        self.size += len(chunk)
        self._held.append(memoryview(bytes(chunk)))
        self._waiting += len(chunk)
        while self._waiting > self._part_bytes:  # a full part waits for more: the last one is known as such
            self._put(last=False)

    def _put(self, *, last: bool) -> None:
        kept, pieces = io.BytesIO(), self._next_part()
        for piece in self._seal(self.parts, pieces, last) if self._seal else pieces:
            kept.write(piece)
        content = kept.getvalue()
        put_part(self.file_id, self.parts, content)
        self._stored_digest.update(content)
        self._stored_size += len(content)
        self.parts += 1

    def _next_part(self) -> Iterator[memoryview]:
        """Give what waits up to a full part, and hold none of it any more."""
        wanted = min(self._part_bytes, self._waiting)
        self._waiting -= wanted
        while wanted:
            piece = self._held.popleft()
            if len(piece) > wanted:
                self._held.appendleft(piece[wanted:])
                piece = piece[:wanted]
            wanted -= len(piece)
            yield piece

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
        if self._waiting or not self.parts:
            self._put(last=True)
        size, digest = self._stored_size, self._stored_digest.hexdigest()
        return StoredFile(id=self.file_id, name=name, media_type=media_type, size=size, sha256=digest, parts=self.parts)

    def abandon(self) -> None:
        """Take back the parts of a file that was refused or broken off; a store that is away keeps orphans only."""
        with suppress(Exception):  # an orphan part is harmless, a lost answer is not
            drop_parts(self.file_id, self.parts)


def put_part(file_id: uuid.UUID, number: int, content: bytes) -> None:
    """Put one part of a file away, in place of what may stand there; refuses with StoreAway."""
    key = _key(file_id, number)
    try:
        _store().save(key, ContentFile(content))
    except Exception as error:
        if isinstance(error, OSError):  # a disk that is full keeps the beginning
            with suppress(Exception):
                _store().delete(key)
        raise StoreAway(str(error)) from error


def drop_parts(file_id: uuid.UUID, parts: int) -> None:
    """Delete so many parts of a file that nothing points at; refuses with StoreAway."""
    try:
        for number in range(parts):
            _store().delete(_key(file_id, number))
    except Exception as error:
        raise StoreAway(str(error)) from error


def fetch_part(stored: StoredFile, number: int) -> deque[bytes]:
    """Return one part as it is stored, in pieces; refuses with StoreAway, also when it is not there."""
    try:
        with _store().open(_key(stored.id, number), "rb") as part:
            return deque(part.chunks(PIECE))
    except Exception as error:
        raise StoreAway(str(error)) from error


def let_go(pieces: deque[bytes]) -> Iterator[bytes]:
    """Give the pieces in their order; each is gone once the next one is asked for."""
    while pieces:
        yield pieces.popleft()


def keep(content: bytes, *, name: str, media_type: str) -> StoredFile:
    """Store bytes made here (a generated paper) and return their row."""
    writer = PartWriter()
    writer.write(content)
    return writer.finish(name=name, media_type=media_type)


def stream(stored: StoredFile, *, unseal: PartTransform | None = None) -> Iterator[bytes]:
    """Give back a file part by part, one that no transform kept piece by piece; refuse at the end when the digest of what is stored is not the recorded one."""
    digest = hashlib.sha256()
    for number in range(stored.parts):
        pieces = fetch_part(stored, number)
        for piece in pieces:
            digest.update(piece)
        if unseal:
            yield unseal(number, let_go(pieces), number == stored.parts - 1)
        else:
            yield from let_go(pieces)
    if digest.hexdigest() != stored.sha256:
        raise Damaged(str(stored.id))


def fault_of(stored: StoredFile) -> str:
    """Tell what is wrong with a file as the store has it now: `missing`, `altered`, or nothing at all.

    For a page, which does not wait: StoreAway after a second without an answer.
    """
    digest = hashlib.sha256()
    try:
        for number in range(stored.parts):
            with storages["impatient"].open(_key(stored.id, number), "rb") as part:
                for piece in part.chunks(PIECE):
                    digest.update(piece)
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
        pieces = fetch_part(stored, number)
        return unseal(number, let_go(pieces), number == stored.parts - 1) if unseal else b"".join(pieces)

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
