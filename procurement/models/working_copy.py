"""What an applicant has written and attached so far: sealed in the rows, readable with their access code alone.

Everything that reads or writes a working copy comes through here. Nothing read here may be stored anywhere.
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.apps import apps
from django.db.models import QuerySet

from procurement.enums import SealedIn
from procurement.models.access import Access, Locked
from procurement.sealing.context import Context
from procurement.sealing.own import open_own, seal_own
from workflow.kept import kept

if TYPE_CHECKING:
    from procurement.models import Application, Document, Envelope, Requirement

WRITTEN_STEP, TOLD_STEP = 4096, 1024  # bytes: what is sealed is filled up, so that its length says little


@dataclass(frozen=True)
class WorkingEnvelope:
    """The working copy of an envelope, opened: `content` as it was written last, and when each part was saved."""

    row: Envelope
    content: dict[str, Any]

    @property
    def kind(self) -> str:
        """Return which envelope."""
        return self.row.kind

    @property
    def saved_parts(self) -> dict[str, str]:
        """Return the instant at which each part was saved last."""
        return dict(self.row.saved_parts)

    @property
    def saved_at(self) -> datetime | None:
        """Return when anything of it was saved last."""
        return self.row.saved_at


@dataclass(frozen=True)
class Told:
    """What a file is: its name, type, size and digest, what was found in it, and the key that opens its parts."""

    name: str
    media_type: str
    size: int
    sha256: str
    findings: tuple[str, ...]
    key: bytes
    salt: bytes


@dataclass(frozen=True)
class Attached:
    """A file of the working copy, or of an answer to the committee, with what it is."""

    row: Document
    told: Told

    @property
    def requirement(self) -> Requirement:
        """Return the document asked for that it answers."""
        return self.row.requirement

    @property
    def uploaded_at(self) -> datetime:
        """Return when it was received."""
        return self.row.uploaded_at


@dataclass(frozen=True)
class WorkingCopy:
    """All of it, read at once."""

    envelopes: list[WorkingEnvelope]
    files: list[Attached]


def access_of(application: Application) -> Access:
    """Return the access that this request has to an application; refuses with Locked where it brought none."""
    if application.access is None:
        raise Locked(application)
    return application.access


def working_envelopes(application: Application) -> list[WorkingEnvelope]:
    """Return the working copies, technical first; refuses with Locked."""
    return [opened(application, row) for row in _working_rows(application=application.pk)]


@kept
def _working_rows(application: int) -> QuerySet[Envelope]:
    rows = apps.get_model("procurement", "Envelope")._default_manager
    return rows.filter(application_id=application, submission=None).order_by("-kind")


def working_envelope(application: Application, kind: str) -> WorkingEnvelope:
    """Return the working copy of one envelope; refuses with Locked."""
    return opened(application, application.envelopes.get(kind=kind, submission=None))


def opened(application: Application, row: Envelope) -> WorkingEnvelope:
    """Open the working copy that a row holds."""
    access = access_of(application)
    if row.sealed is None or row.sealed_in == SealedIn.BROWSER:  # the key of the latter never came here
        return WorkingEnvelope(row, {})
    plain = open_own(bytes(row.sealed), key=access.key, context=_written_at(application, row.kind))
    return WorkingEnvelope(row, json.loads(plain))


def seal_written(application: Application, kind: str, content: dict[str, Any]) -> bytes:
    """Return what may be stored of a working copy; refuses with Locked."""
    key = access_of(application).key
    return seal_own(_filled(content, WRITTEN_STEP), key=key, context=_written_at(application, kind))


def attached_files(application: Application, **which: Any) -> list[Attached]:
    """Return files that are attached now, in the order of the documents asked for; refuses with Locked.

    Those that a browser sealed are not among them before the opening: nothing of them can be read.

    `which` narrows the rows: requirement, completion. Without a word those of the working copy.
    """
    rows = (
        _readable(application.documents.filter(**{"completion": None, **which}))
        if which
        else _attached_rows(application=application.pk)
    )
    return [attached(application, row) for row in rows]


@kept
def _attached_rows(application: int) -> QuerySet[Document]:
    rows = apps.get_model("procurement", "Document")._default_manager
    return _readable(rows.filter(application_id=application, completion=None))


def _readable(rows: QuerySet[Document]) -> QuerySet[Document]:
    there = rows.filter(removed_at=None).exclude(sealed_in=SealedIn.BROWSER, file_key=None)
    ordered = there.order_by("-requirement__envelope", "requirement__position", "requirement_id", "id")
    return ordered.select_related("requirement", "file")


def attached(application: Application, row: Document) -> Attached:
    """Return a file with what it is: from its own columns where they are filled, else with the access code."""
    if row.file_key is not None or row.sealed is None:
        return Attached(row, plain_told(row))
    plain = open_own(bytes(row.sealed), key=access_of(application).key, context=_told_at(application, row.file_id))
    kept = json.loads(plain)
    secrets = {name: b64decode(kept.pop(name)) for name in ("key", "salt")}
    return Attached(row, Told(**{**kept, "findings": tuple(kept["findings"]), **secrets}))


def plain_told(row: Document) -> Told:
    """Return what a file is from its own columns, which the opening filled, or the committee's request."""
    key = bytes(row.file_key or b"")
    return Told(row.name, row.media_type, row.size or 0, row.sha256, tuple(row.findings), key, b"")


def seal_told(application: Application, file: UUID, told: Told) -> bytes:
    """Return what may be stored of what a file is; refuses with Locked."""
    kept = {**vars(replace(told)), "findings": list(told.findings)}
    kept |= {name: b64encode(kept[name]).decode() for name in ("key", "salt")}
    key = access_of(application).key
    return seal_own(_filled(kept, TOLD_STEP), key=key, context=_told_at(application, file))


def _filled(value: dict[str, Any], step: int) -> bytes:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    return text + b" " * (-len(text) % step)


def _written_at(application: Application, kind: str) -> Context:
    return Context(application.call.reference, application.reference, "written", kind)


def _told_at(application: Application, file: UUID) -> Context:
    return Context(application.call.reference, application.reference, "file", str(file))
