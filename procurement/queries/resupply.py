"""What of an application did not open or read, and what would prove each thing that is given again."""

from __future__ import annotations

import json
from base64 import b64decode
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from procurement.enums import CallState, EnvelopeKind
from procurement.models import Application, Call, Document, Envelope
from procurement.queries.browser_manifest import from_browser
from procurement.queries.pieces import header_of
from procurement.queries.receipts import FORMAT
from procurement.sealing import commitment
from procurement.sealing.canonical import canonical
from workflow import signing

LARGEST = 1024 * 1024  # bytes of a receipt; real ones have some thousands
TAKEN_IN = {
    EnvelopeKind.TECHNICAL: (CallState.OPENED, CallState.COMPLIANCE),
    EnvelopeKind.FINANCIAL: (CallState.FINANCIAL_OPENED,),
}


@dataclass(frozen=True)
class Missing:
    """A file that did not open: its document, what its envelope promised of it, and the salt where it is known."""

    document: Document
    envelope: Envelope
    promised: str
    salt: str

    def is_of(self, sha256: str) -> bool:
        """Tell whether a file with this digest is the one that was sealed."""
        return bool(self.salt) and commitment(bytes.fromhex(self.salt), sha256) == self.promised


def is_taken(call: Call, kind: str) -> bool:
    """Tell whether an envelope of this kind may still be given again."""
    return call.state in TAKEN_IN[EnvelopeKind(kind)]


def unreadable(application: Application) -> list[Envelope]:
    """Return the envelopes of an application that a session could not open and that are still closed."""
    rows = Envelope.objects.filter(application=application, opened_at=None, submission__withdrawn_at=None)
    return list(rows.exclude(unreadable={}).select_related("submission", "application__call").order_by("kind"))


def missing_files(application: Application) -> list[Missing]:
    """Return the files to give again: all of an envelope that did not open, and those that did not read."""
    closed = {envelope.pk for envelope in unreadable(application)}
    rows = Envelope.objects.filter(application=application, submission__withdrawn_at=None, submission__isnull=False)
    found: list[Missing] = []
    for envelope in rows.prefetch_related("documents__requirement", "documents__file").select_related("submission"):
        documents = [d for d in envelope.documents.all() if d.fault or (envelope.pk in closed and d.file_key is None)]
        found += [_missing(document, envelope) for document in documents if not document.fault.get("given")]
    return found


def _missing(document: Document, envelope: Envelope) -> Missing:
    name = str(document.file_id)
    promised = next((one["commitment"] for one in header_of(envelope).get("files", []) if one["id"] == name), "")
    told = envelope.unreadable.get("salts", {})
    assert envelope.submission is not None
    line: dict[str, str] = next((one for one in envelope.submission.manifest if one.get("id") == name), {})
    return Missing(document, envelope, promised, str(told.get(name) or line.get("salt", "")))


def formless(application: Application) -> list[Envelope]:
    """Return the closed envelopes that lack what was typed, and whose receipt says by what it can be proved.

    One that is open, with its files alone, takes nothing any more: the database keeps what was opened as it was. A price
    that a browser sealed opens with the keys of the holders or not at all: nobody decides later whether it counts.
    """
    closed = [one for one in unreadable(application) if not from_browser(one)]
    return [one for one in closed if one.unreadable.get("form") and not one.unreadable.get("form_given")]


def told_by(raw: bytes, envelope: Envelope) -> dict[str, Any] | None:
    """Return what a signed receipt tells of an envelope; None when it is not the receipt of its submission.

    `salts` by file; `form`, the commitment to what was typed.
    Each salt is held against nothing here: only a file that fits it and the commitment is accepted.
    """
    if len(raw) > LARGEST:
        return None
    try:
        whole = json.loads(raw)
        told, signature = whole["receipt"], whole["signature"]
        if not _is_signed(told, signature) or told["sha256"] != envelope.submission.sha256:  # type: ignore[union-attr]
            return None
        lines = [line for line in told["documents"] if line["envelope"] == envelope.kind]
        salts = {str(line["id"]): str(line["salt"]) for line in lines if bytes.fromhex(line["salt"])}
        forms = {str(one["envelope"]): str(one["commitment"]) for one in told.get("forms", [])}
        return {"salts": salts, "form": forms.get(envelope.kind, "")}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def _is_signed(told: Any, signature: Any) -> bool:
    message, value = FORMAT.encode() + b"\n" + canonical(told), b64decode(signature["value"])
    return any(_verifies(key.public, value, message) for key in signing.public_keys(signing.RECEIPTS))


def _verifies(public: bytes, value: bytes, message: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(value, message)
    except InvalidSignature:
        return False
    return True
