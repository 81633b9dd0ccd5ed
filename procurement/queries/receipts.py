"""The receipt of a submission: a signed file that the applicant can check anywhere, kept under their own key."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from procurement.models import Application, Submission
from procurement.models.access import Access
from procurement.queries.manifest import manifest_lines
from procurement.sealing.canonical import canonical
from procurement.sealing.context import Context
from procurement.sealing.manifest import Manifest
from procurement.sealing.own import open_own, seal_own
from procurement.sealing.problems import Unreadable
from workflow import signing

FORMAT = "appel-receipt/v1"
STEP = 4096  # bytes: what is sealed is filled up, so that its length says little


def receipt_of(
    submission: Submission, *, manifests: Mapping[str, Manifest], headers: Mapping[str, dict[str, Any]],
    forms: Mapping[str, str],
) -> bytes:  # fmt: skip
    """Return the receipt as a signed JSON file: who, to whom, for what, when, which documents, and what proves them.

    `forms` is the commitment to what was typed, by kind of envelope.
    """
    application, call = submission.application, submission.application.call
    before = submission.replaces
    lines = [line for kind, one in manifests.items() for line in manifest_lines(kind, one)]
    told = {
        "format": FORMAT,
        "number": submission.receipt_number,
        "applicant": {"name": application.applicant_name, "application": application.reference},
        "authority": {"name": call.organisation.name},
        "call": {"reference": call.reference, "title": call.title_in(call.language), "language": call.language},
        "received_at": written(submission.submitted_at),
        "deadline": written(submission.deadline),
        "timezone": call.timezone,
        "late": submission.late,
        "opening_at": written(call.opening_at) if call.opening_at else None,
        "replaces": before.receipt_number if before else None,
        "version": submission.version,
        "documents": lines,
        "envelopes": [_envelope(header) for header in headers.values()],
        "forms": [{"envelope": kind, "commitment": promised} for kind, promised in forms.items()],
        "sha256": submission.sha256,
    }
    return signed(told)


def signed(told: dict[str, Any]) -> bytes:
    """Return a receipt with its signature: over the name of the format, a line's end, and the canonical JSON."""
    made = signing.sign(purpose=signing.RECEIPTS, message=FORMAT.encode() + b"\n" + canonical(told))
    signature = {"algorithm": "Ed25519", "key": str(made.key), "value": made.base64}
    whole = {"receipt": told, "signature": signature}
    return json.dumps(whole, ensure_ascii=False).encode()


def _envelope(header: Mapping[str, Any]) -> dict[str, Any]:
    """Return what proves an envelope without showing any of it."""
    return {
        "envelope": header["envelope"],
        "format": header["format"],
        "suite": header["suite"],
        "sealed_in": header["sealed_in"],
        "body": header["body"],
        "files": header["files"],
        "quorum": header["quorum"],
        "holders": [holder["fingerprint"] for holder in header["holders"]],
        "lock": header["lock"]["fingerprint"],
    }


def written(moment: datetime) -> str:
    """Return an instant in UTC, to the microsecond."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def seal_receipt(content: bytes, submission: Submission, *, access: Access) -> bytes:
    """Return what may be stored of a receipt."""
    filled = content + b" " * (-len(content) % STEP)
    return seal_own(filled, key=access.key, context=_place(submission))


def stored_receipt(application: Application, submission: Submission) -> bytes | None:
    """Return the receipt as it was signed, in lines that people read too; None without the access code, or with one that came after it."""
    if application.access is None or submission.receipt_sealed is None:
        return None
    submission.application = application
    try:
        plain = open_own(bytes(submission.receipt_sealed), key=application.access.key, context=_place(submission))
    except Unreadable:
        return None
    return json.dumps(json.loads(plain), ensure_ascii=False, indent=1).encode() + b"\n"


def _place(submission: Submission) -> Context:
    application = submission.application
    return Context(application.call.reference, application.reference, "receipt", submission.receipt_number)
