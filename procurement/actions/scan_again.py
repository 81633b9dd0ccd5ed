"""Have a file looked at by the virus scanner that did not answer when it came."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from procurement.models import Document
from procurement.queries.findings import NOT_SCANNED, has_virus
from procurement.queries.sealed_files import opening
from workflow import audit, outbox, scanning
from workflow.inspection import look_into
from workflow.transitions import use_case


def ask_to_scan(documents: Iterable[Document], *, now: datetime) -> None:
    """Have those files looked at that were not, as soon as the scanner answers again."""
    for document in documents:
        if NOT_SCANNED in document.findings:
            outbox.post("procurement.scan_document", key=str(document.pk), now=now, document_id=document.pk)


@use_case
def scan_again(*, document: Document, now: datetime) -> Document:
    """Look into an opened file once more and put what the scanner says in the place of its silence; raises Away.

    What it knows of the file goes into the log too: somebody may have read the file already.
    """
    key = bytes(document.file_key or b"")
    unseal = opening(document, key=key) if key else None
    content = look_into(document.file, size=document.size, unseal=unseal)
    if NOT_SCANNED in content.findings:
        raise scanning.Away("not yet")
    document.findings = sorted({*document.findings, *content.findings} - {NOT_SCANNED})
    document.save(update_fields=["findings"])
    if has_virus(document.findings):
        scope = document.application.call.reference
        audit.record(document, "find_virus", actor=None, now=now, scope=scope, details={"document": document.pk})
    return document
