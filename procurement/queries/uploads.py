"""Files that are still arriving: what they are, with the access code; how far they have come."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from dataclasses import dataclass, field
from uuid import UUID

from django.conf import settings
from django.db.models import Sum

from procurement.models import Application, CompletionRequest, Requirement, Upload
from procurement.models.working_copy import access_of
from procurement.queries.sealed_files import Place
from procurement.sealing.context import Context
from procurement.sealing.own import open_own, seal_own
from procurement.sealing.problems import Unreadable
from workflow.models import StoredFile

STEP = 1024  # bytes: what is sealed is filled up, so that the length of a name does not show


@dataclass(frozen=True)
class Arriving:
    """An upload as its applicant sees it: `length` in bytes, `key` opens its parts."""

    row: Upload
    name: str
    length: int
    key: bytes = field(repr=False)
    salt: bytes = field(repr=False)

    @property
    def offset(self) -> int:
        """Return how many bytes are safe."""
        return min(self.row.parts * settings.UPLOAD_PART_BYTES, self.length)

    @property
    def whole(self) -> bool:
        """Tell whether every part is here."""
        return self.offset == self.length

    @property
    def next_length(self) -> int:
        """Return how many bytes the next part has: a full one, or what is left."""
        return min(settings.UPLOAD_PART_BYTES, self.length - self.offset)

    @property
    def place(self) -> Place:
        """Return where its parts belong; they open nowhere else."""
        return Place(self.row.application, self.row.requirement.envelope, self.row.id)

    @property
    def stored(self) -> StoredFile:
        """Return the row that the file would have, not written yet."""
        row = self.row
        return StoredFile(id=row.id, name="", size=row.stored_size, parts=row.parts)


def seal_upload(application: Application, upload: UUID, plain: bytes) -> bytes:
    """Return what may be stored of a file that begins to arrive; refuses with Locked."""
    return seal_own(plain, key=access_of(application).key, context=_at(application, upload))


def plain_upload(*, name: str, length: int, key: bytes, salt: bytes) -> bytes:
    """Return what is kept of an upload as text, as it is stored of one that answers a request after the opening."""
    kept = {"name": name, "length": length, "key": b64encode(key).decode(), "salt": b64encode(salt).decode()}
    text = json.dumps(kept, ensure_ascii=False).encode()
    return text + b" " * (-len(text) % STEP)


def arriving(application: Application, row: Upload) -> Arriving:
    """Open what is stored of an upload; refuses with Locked, and with Unreadable under an older code."""
    row.application = application
    plain = bytes(row.sealed)
    if row.completion_id is None:
        plain = open_own(plain, key=access_of(application).key, context=_at(application, row.id))
    kept = json.loads(plain)
    return Arriving(row, kept["name"], kept["length"], b64decode(kept["key"]), b64decode(kept["salt"]))


def unfinished(
    application: Application, requirement: Requirement, completion: CompletionRequest | None = None
) -> list[Arriving]:
    """Return the files that have begun to arrive for one document asked for; those of the working copy refuse with Locked."""
    rows = application.uploads.select_related("requirement")
    found = []
    for row in rows.filter(requirement=requirement, completion=completion):
        try:
            found.append(arriving(application, row))
        except Unreadable:  # begun under a code that was lost: it expires
            continue
    return found


def kept_bytes(application: Application, *, completion: CompletionRequest | None = None) -> int:
    """Return how much the files of an application, or of its answer to a request, take in the store.

    What was taken out again stays there and counts; what is still arriving counts as if it were here.
    """
    here = StoredFile.objects.filter(document__application=application, document__completion=completion)
    awaited = application.uploads.filter(completion=completion)
    return sum(rows.aggregate(whole=Sum("size", default=0))["whole"] for rows in (here, awaited))


def _at(application: Application, upload: UUID) -> Context:
    return Context(application.call.reference, application.reference, "upload", str(upload))
