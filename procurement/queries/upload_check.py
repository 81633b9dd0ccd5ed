"""Reading a file that arrived back from the store, before anybody relies on it: part by part, as it was sealed."""

from __future__ import annotations

import hashlib
from collections import deque
from dataclasses import dataclass
from typing import Any

from procurement.queries.sealed_files import Received
from procurement.queries.uploads import Arriving
from procurement.sealing.problems import Unreadable
from workflow import storage
from workflow.inspection import look_through
from workflow.models import StoredFile
from workflow.storage import StoreAway, reader_of


class NotAsStored(Exception):
    """The store said it kept a part and gives none back, or another one; `part` is the first of these."""

    def __init__(self, part: int) -> None:
        self.part = part
        super().__init__(str(part))


@dataclass(frozen=True)
class Checked:
    """What a whole file is: the digest of the file itself, and the row for what is stored of it."""

    received: Received
    stored: StoredFile


def check_upload(upload: Arriving) -> Checked:
    """Compare every part with the digest it had when it was put away, open it, and look into the whole.

    Each is asked for once, unless looking into the file goes back and forth. Raises NotAsStored for the first part that is
    missing or altered, StoreAway when the store does not answer at all.
    """
    parts = _Parts(upload)
    try:
        content = look_through(reader_of(parts.opened, size=upload.length), size=upload.length)
    except NotAsStored:
        parts.count_the_rest()  # an earlier one may be lost, too
        raise
    parts.count_the_rest()
    received = Received(
        parts.stored, upload.name, upload.length, parts.plain.hexdigest(), content, upload.key, salt=upload.salt
    )
    return Checked(received, parts.stored)


class _Parts:
    """The parts of an upload as the store gives them back; in their order they are counted into the digests of the whole."""

    def __init__(self, upload: Arriving) -> None:
        self.stored, self.plain = upload.stored, hashlib.sha256()
        self._digests, self._opening = upload.row.digests, upload.place.opening(upload.key)
        self._whole, self._size, self._counted = hashlib.sha256(), 0, 0

    def opened(self, number: int) -> bytes:
        """Return a part of the file; raises NotAsStored when it is not what was put away."""
        sealed = _fetched(self.stored, number)
        found, next_one = hashlib.sha256(), number == self._counted
        for piece in sealed:
            found.update(piece)
        if found.hexdigest() != self._digests[number]:
            raise NotAsStored(number)
        if next_one:
            self._count_sealed(sealed, found)
        try:
            plain = self._opening(number, storage.let_go(sealed), number == self.stored.parts - 1)
        except Unreadable as error:
            raise NotAsStored(number) from error
        if next_one:
            self.plain.update(plain)
            self._counted += 1
        return plain

    def count_the_rest(self) -> None:
        """Ask for what was not counted yet; the row then says what is stored."""
        while self._counted < self.stored.parts:
            self.opened(self._counted)
        self.stored.size, self.stored.sha256 = self._size, self._whole.hexdigest()

    def _count_sealed(self, sealed: deque[bytes], found: Any) -> None:
        if self._counted:
            for piece in sealed:
                self._whole.update(piece)
        else:
            self._whole = found  # the whole begins with the first part
        self._size += sum(map(len, sealed))


def _fetched(stored: StoredFile, number: int) -> deque[bytes]:
    """Return a part; what is missing although the store answers is told apart from a store that is away."""
    try:
        return storage.fetch_part(stored, number)
    except StoreAway as error:
        if isinstance(error.__cause__, FileNotFoundError):
            raise NotAsStored(number) from error
        raise
