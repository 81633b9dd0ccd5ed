"""Read every opened file whole, after the opening, and hold it to what was promised of it when it was sealed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from procurement.actions.open_technical import report
from procurement.actions.scan_again import ask_to_scan
from procurement.actions.tell import tell_applicant
from procurement.actions.unseal_envelopes import ask_to_check
from procurement.enums import EnvelopeKind, PaperKind, SealedIn
from procurement.models import Document, Envelope, OpeningSession
from procurement.queries.browser_manifest import look_again
from procurement.queries.findings import NOT_SCANNED
from procurement.queries.pieces import header_of
from procurement.queries.sealed_files import opening
from procurement.queries.unsealed import at_fault, unchecked
from procurement.sealing import Unreadable, commitment
from workflow import audit, storage
from workflow.contents.kinds import Content
from workflow.inspection import look_into
from workflow.transitions import use_case

AT_ONCE = 50 * 1024 * 1024  # bytes in one transaction: a database does not like to be held while files are read
REPORTS = {
    EnvelopeKind.TECHNICAL: PaperKind.OPENING_REPORT, EnvelopeKind.FINANCIAL: PaperKind.FINANCIAL_OPENING_REPORT,
}  # fmt: skip


@use_case
def check_files(*, session: OpeningSession, after: int, now: datetime) -> int:
    """Check the next files that a session opened, and ask for the rest; return how many were found wrong.

    A file that does not read is named with its proof, in the report too, which is then written again. Nothing is lost by
    it: what else the envelope holds stays open.
    """
    batch = list(_batch(unchecked(session, after=after)))
    wrong = [document for document in batch if _checked(document, now=now)]
    columns = ["checked_at", "fault", "findings", "size", "media_type"]
    Document.objects.bulk_update(batch, columns, batch_size=200)
    ask_to_scan(batch, now=now)
    for document in wrong:
        tell_applicant(kind="unreadable", application=document.application, key=f"file:{document.pk}", now=now)
        details = {"document": document.pk, "step": document.fault["step"]}
        audit.record(document, "find_unreadable", actor=None, now=now, scope=session.call.reference, details=details)
    if batch and unchecked(session, after=batch[-1].pk).exists():
        ask_to_check(session, now=now, after=batch[-1].pk)
    elif at_fault(session.call, session.kind).exists():
        report(session, kind=REPORTS[EnvelopeKind(session.kind)], actor=None, now=now)
    return len(wrong)


def _batch(documents: Iterable[Document]) -> Iterable[Document]:
    """Yield documents until they are enough for one transaction; one is always taken."""
    size = 0
    for document in documents:
        yield document
        size += document.size or 0
        if size >= AT_ONCE:
            return


def _checked(document: Document, *, now: datetime) -> bool:
    """Write what was found of a file, and tell whether something is wrong with it; StoreAway when it must wait."""
    document.checked_at, document.fault = now, _fault(document)
    if not document.fault:
        content = look_into(document.file, size=document.size, unseal=opening(document, key=_key(document)))
        unasked = look_again(document, content) if document.sealed_in == SealedIn.BROWSER else []
        found = {*document.findings, *content.findings, *unasked}
        document.findings = sorted(found - {NOT_SCANNED} | _silence(content))
    return bool(document.fault)


def _silence(content: Content) -> set[str]:
    return {NOT_SCANNED} & set(content.findings)


def _key(document: Document) -> bytes:
    return bytes(document.file_key or b"")


def _fault(document: Document) -> dict[str, Any]:
    stored, digest, size = document.file, hashlib.sha256(), 0
    try:
        for part in storage.stream(stored, unseal=opening(document, key=_key(document))):
            digest.update(part)
            size += len(part)
    except storage.Damaged:
        return {"step": "stored", "promised": stored.sha256}
    except Unreadable as problem:
        return {"step": "part", "reason": problem.reason, "promised": document.sha256}
    except storage.StoreAway as away:
        if not isinstance(away.__cause__, FileNotFoundError):
            raise  # the store does not answer: the message comes again
        return {"step": "missing", "promised": stored.sha256}
    if document.sealed_in == SealedIn.BROWSER:  # nobody counted it before
        document.size = size
    return _against_promise(document, digest.hexdigest())


def _against_promise(document: Document, found: str) -> dict[str, Any]:
    if found != document.sha256:
        return {"step": "content", "promised": document.sha256, "found": found}
    promised, salt = _commitment(document)
    if promised and commitment(salt, found) != promised:
        return {"step": "commitment", "promised": promised, "found": commitment(salt, found)}
    return {}


def _commitment(document: Document) -> tuple[str, bytes]:
    """Return what the public header promised of a file, and the salt that the manifest gives for it."""
    sealed_with = Envelope.objects.filter(documents=document, submission__isnull=False)
    envelope = sealed_with.order_by("-pk").select_related("submission").first()
    if envelope is None or envelope.submission is None:
        return "", b""
    name = str(document.file_id)
    promised = next((one["commitment"] for one in header_of(envelope).get("files", []) if one["id"] == name), "")
    line: dict[str, str] = next((one for one in envelope.submission.manifest if one.get("id") == name), {})
    return promised, bytes.fromhex(line.get("salt", ""))
