"""The parts of an applicant's file: how they are sealed on their way into the store, and opened on their way out."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from procurement.models import Application, Document, Requirement
from procurement.sealing.context import PartContext
from procurement.sealing.files import PartSealer, new_file_key, open_pieces
from workflow import storage
from workflow.contents.kinds import Content
from workflow.inspection import look_into
from workflow.models import StoredFile
from workflow.storage import PartTransform, PartWriter

UNKNOWN, SALT = "application/octet-stream", 32  # bytes


@dataclass(frozen=True)
class Received:
    """A file that is in the store, sealed, and what is known of it as long as the request lasts."""

    stored: StoredFile
    name: str
    size: int
    sha256: str
    content: Content
    key: bytes = field(repr=False)
    salt: bytes = field(default_factory=lambda: secrets.token_bytes(SALT), repr=False)


class SealedWriter(PartWriter):
    """Writes one file that answers a requirement, each part sealed under a key of the file's own, none in plain."""

    def __init__(self, application: Application, requirement: Requirement) -> None:
        self.key = new_file_key()
        file = uuid4()
        self._place = Place(application, requirement.envelope, file)
        super().__init__(file_id=file, seal=self._sealed_part)

    def _sealed_part(self, number: int, pieces: Iterator[memoryview], last: bool) -> Iterator[bytes]:
        sealer = PartSealer(key=self.key, context=self._place.part(number, last))
        for piece in pieces:
            yield sealer.update(piece)
        yield sealer.finish()

    def received(self, stored: StoredFile, *, name: str) -> Received:
        """Look into the file that was just stored, part by part, and return what is known of it."""
        content = look_into(stored, size=self.size, unseal=self._place.opening(self.key))
        return Received(stored, name, self.size, self.sha256, content, self.key)


def receive(application: Application, requirement: Requirement, content: bytes, *, name: str) -> Received:
    """Store a file that is made here, sealed like one that is sent."""
    writer = SealedWriter(application, requirement)
    writer.write(content)
    return writer.received(writer.finish(name="", media_type=UNKNOWN), name=name)


class Place:
    """Where the parts of a file belong: they open nowhere else."""

    def __init__(self, application: Application, envelope: str, file: UUID) -> None:
        self._where = (application.call.reference, application.reference, envelope, str(file))

    def part(self, number: int, last: bool) -> PartContext:
        """Return the place of one part."""
        return PartContext(*self._where, number, last)

    def opening(self, key: bytes) -> PartTransform:
        """Return how parts that were sealed for here are opened."""
        return lambda number, pieces, last: open_pieces(pieces, key=key, context=self.part(number, last))


def opening(document: Document, *, key: bytes) -> PartTransform:
    """Return how the parts of a document's file are opened with its key; Unreadable where they do not open."""
    return Place(document.application, document.requirement.envelope, document.file_id).opening(key)


def plain_parts(document: Document, *, key: bytes) -> Iterator[bytes]:
    """Return the file part by part, opened; a file from before the seals, which has no key, as it is stored."""
    return storage.stream(document.file, unseal=opening(document, key=key) if key else None)
