"""What a submission holds, listed and sealed with digests that anybody can compute again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from procurement.models import Application, Document, Envelope, Submission
from procurement.queries.applications import attached_documents, working_envelopes


def manifest_of(documents: Iterable[Document]) -> list[dict[str, Any]]:
    """Return one line for each file: the document it answers, its name, bytes, SHA-256 and envelope."""
    return [
        {
            "code": document.requirement.code,
            "name": document.name,
            "size": document.file.size,
            "sha256": document.file.sha256,
            "envelope": document.requirement.envelope,
        }
        for document in documents
    ]


def content_digest(envelope: Envelope) -> str:
    """Return the SHA-256 of what was written in an envelope, as canonical JSON; what is empty is left out."""
    return _sha256(_without_nothing(envelope.content))


def whole_digest(manifest: list[dict[str, Any]], contents: dict[str, str]) -> str:
    """Return the SHA-256 of a submission: its files and the digests of what was written, as canonical JSON."""
    return _sha256({"files": manifest, "written": contents})


def _sha256(whole: Any) -> str:
    canonical = json.dumps(whole, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def _without_nothing(content: Any) -> Any:
    if not isinstance(content, dict):
        return content
    kept = {key: _without_nothing(value) for key, value in content.items()}
    return {key: value for key, value in kept.items() if value not in ("", None, {})}


def differs(application: Application, submission: Submission) -> bool:
    """Tell whether the working copy now holds something else than this submission does."""
    contents = {one.kind: content_digest(one) for one in working_envelopes(application)}
    return whole_digest(manifest_of(attached_documents(application)), contents) != submission.sha256
