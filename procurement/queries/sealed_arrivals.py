"""A file that arrives sealed: its ciphertext goes part by part into the store, counted and hashed, never read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Protocol
from uuid import UUID

from django.db import IntegrityError, transaction

from procurement.models import Upload
from procurement.sealing import PART_SIZE, sealed_size
from workflow import storage
from workflow.models import StoredFile
from workflow.storage import PartWriter, StoreAway

LARGEST = sealed_size(25 * 1024 * 1024)  # as static/js/sealing/financial.js has it
CHUNK = 256 * 1024


class FileTooLarge(Exception):
    """More arrived than a file sealed in a browser can be; nothing was kept."""


class IdTaken(Exception):
    """A file of this identifier is in the store already; nothing was touched."""


class Readable(Protocol):
    """What bytes can be read from."""

    def read(self, size: int, /) -> bytes:
        """Return the next bytes, none at the end."""


def receive_sealed(source: Readable, *, file_id: UUID) -> StoredFile:
    """Store a sealed file as it comes, under the identifier that its parts are bound to; one part is in memory.

    The row is written first: of two requests that bring the same identifier, one at a time or after a deadline, only the one
    that has the row writes parts, or takes them back.
    """
    _reserve(file_id)
    writer = PartWriter(file_id=file_id, part_bytes=sealed_size(PART_SIZE))
    try:
        while chunk := source.read(CHUNK):
            if writer.size + len(chunk) > LARGEST:
                raise FileTooLarge(str(file_id))
            writer.write(chunk)
        stored = writer.finished(name="", media_type="application/octet-stream")
        stored.save(force_update=True)
        return stored
    except BaseException:
        writer.abandon()
        StoredFile.objects.filter(pk=file_id).delete()
        raise


def _reserve(file_id: UUID) -> None:
    if Upload.objects.filter(pk=file_id).exists():
        raise IdTaken(str(file_id))
    try:
        with transaction.atomic():
            StoredFile.objects.create(id=file_id, name="", media_type="", size=0, sha256="", parts=0)
    except IntegrityError as error:
        raise IdTaken(str(file_id)) from error


@contextmanager
def discard_if_unused(stored: StoredFile) -> Iterator[None]:
    """Take a stored file back when what was to point at it is refused."""
    try:
        yield
    except BaseException:
        with suppress(StoreAway):  # parts that nothing points at are harmless
            storage.discard(stored)
        raise
