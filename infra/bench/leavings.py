"""What else a submission leaves in the database: its file, its receipt, the messages that went out, the events of the log."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice
from typing import Any

from django.db import models

from procurement.enums import EnvelopeKind, PaperKind
from procurement.models import Application, Call, Document, Envelope, Paper, Submission
from workflow import audit
from workflow.models import OutboxMessage, StoredFile

BATCH, ZERO = 2000, "0" * 64
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TOLD = ("procurement.write_paper", "procurement.send_mail")
FACTS = {
    "receipt_number": "",
    "files": [{"requirement": "A1", "envelope": "technical", "filename": "note.pdf", "sha256": ZERO}],
}


def leave(call: Call, submissions: list[Submission], *, now: datetime) -> None:
    """Write all of it for these submissions, in bulk; the files have rows and no bytes."""
    notes = _kept(_files("", "application/octet-stream", submissions))
    documents = _kept(_documents(call, submissions, notes))
    _list_in_envelopes(submissions, documents)
    if call.opened_at:
        _kept(_receipts(call, submissions, _kept(_files("receipt.docx", WORD, submissions)), now=now))
    _kept(_messages(call, submissions, now=now))
    audit.write(_events(submissions, now=now))


def _kept(rows: Iterator[Any]) -> list[Any]:
    kept: list[Any] = []
    while batch := list(islice(rows, BATCH)):
        model: type[models.Model] = type(batch[0])
        kept += model._default_manager.bulk_create(batch)
    return kept


def _files(name: str, media_type: str, submissions: Iterable[Submission]) -> Iterator[StoredFile]:
    return (
        StoredFile(name=name, media_type=media_type, size=1024 * 1024, sha256=ZERO, parts=1) for _one in submissions
    )


def _documents(call: Call, submissions: list[Submission], files: list[StoredFile]) -> Iterator[Document]:
    asked = call.requirements.get(code="A1")
    told = {"name": "note.pdf", "media_type": "application/pdf", "size": 1024 * 1024, "sha256": ZERO}
    for one, file in zip(submissions, files, strict=True):
        yield Document(
            application_id=one.application_id, requirement=asked, file=file, uploaded_by_id=one.submitted_by_id,
            **(told if call.opened_at else {}),
        )  # fmt: skip


def _list_in_envelopes(submissions: list[Submission], documents: list[Document]) -> None:
    sealed = Envelope.objects.filter(submission__in=submissions, kind=EnvelopeKind.TECHNICAL)
    by_application = dict(sealed.values_list("application_id", "pk"))
    listed = Envelope.documents.through
    listed.objects.bulk_create(
        (listed(envelope_id=by_application[one.application_id], document_id=one.pk) for one in documents),
        batch_size=BATCH,
    )


def _receipts(call: Call, submissions: list[Submission], files: list[StoredFile], *, now: datetime) -> Iterator[Paper]:
    for one, file in zip(submissions, files, strict=True):
        yield Paper(
            call=call, application_id=one.application_id, kind=PaperKind.RECEIPT, language="fr", template="receipt",
            facts=FACTS | {"receipt_number": one.receipt_number}, written_at=now, file=file,
        )  # fmt: skip


def _messages(call: Call, submissions: list[Submission], *, now: datetime) -> Iterator[OutboxMessage]:
    for one in submissions:
        for task in TOLD:
            yield OutboxMessage(
                task=task, key=f"{task}:{one.receipt_number}", scope=call.reference, available_at=now, attempts=1, done_at=now
            )  # fmt: skip


def _events(submissions: list[Submission], *, now: datetime) -> Iterator[Any]:
    for one in submissions:
        application: Application = one.application
        for act in ("start_application", "save_part", "attach_document", "write_paper"):
            yield audit.event_of(application, act, actor=None, now=now, details={"submission": one.pk})
