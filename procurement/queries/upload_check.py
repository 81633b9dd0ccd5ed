"""Reading a file that arrived back from the store, before anybody relies on it: part by part, as it was sealed."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from procurement.queries.sealed_files import Received
from procurement.queries.uploads import Arriving
from procurement.sealing.problems import Unreadable
from workflow import storage
from workflow.inspection import look_into
from workflow.models import StoredFile
from workflow.storage import StoreAway


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

    Raises NotAsStored for a part that is missing or altered, StoreAway when the store does not answer at all.
    """
    plain, whole, stored = hashlib.sha256(), hashlib.sha256(), upload.stored
    opening = upload.place.opening(upload.key)
    stored.size = 0
    for number, digest in enumerate(upload.row.digests):
        sealed = _fetched(stored, number)
        if hashlib.sha256(sealed).hexdigest() != digest:
            raise NotAsStored(number)
        whole.update(sealed)
        stored.size += len(sealed)
        try:
            plain.update(opening(number, sealed, number == stored.parts - 1))
        except Unreadable as error:
            raise NotAsStored(number) from error
        del sealed  # before the next one is there
    stored.sha256 = whole.hexdigest()
    content = look_into(stored, size=upload.length, unseal=opening)
    received = Received(stored, upload.name, upload.length, plain.hexdigest(), content, upload.key, salt=upload.salt)
    return Checked(received, stored)


def _fetched(stored: StoredFile, number: int) -> bytes:
    """Return a part; what is missing although the store answers is told apart from a store that is away."""
    try:
        return storage.fetch_part(stored, number)
    except StoreAway as error:
        if isinstance(error.__cause__, FileNotFoundError):
            raise NotAsStored(number) from error
        raise
