"""What a submission holds, as it is sealed, and whether the working copy still is that."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Mapping
from typing import Any

from procurement.enums import EnvelopeKind, SealedIn
from procurement.models import Application, Submission
from procurement.models.browser_copy import kept_digest, seals_in_browser
from procurement.models.working_copy import (
    Attached,
    WorkingEnvelope,
    access_of,
    attached_files,
    working_envelopes,
)
from procurement.sealing.canonical import canonical
from procurement.sealing.manifest import Manifest, SealedFile
from procurement.sealing.primitives import derived

MARK = canonical(["appel", "what was submitted"])


def manifests_of(
    application: Application, envelopes: Iterable[WorkingEnvelope], files: Iterable[Attached]
) -> dict[str, Manifest]:
    """Return the manifest of each envelope that is sealed here: without prices, or where a browser seals them, of one."""
    priced = application.call.two_envelopes and not seals_in_browser(application)
    kinds = list(EnvelopeKind) if priced else [EnvelopeKind.TECHNICAL]
    contents = {one.kind: one.content for one in envelopes}
    listed: dict[str, list[SealedFile]] = {kind: [] for kind in kinds}
    for one in files:
        if one.requirement.envelope in listed:
            listed[str(one.requirement.envelope)].append(sealed_file(one))
    return {str(kind): Manifest(contents.get(kind, {}), tuple(listed[kind])) for kind in kinds}


def sealed_file(one: Attached) -> SealedFile:
    """Return a file as its manifest lists it."""
    stored, told = one.row.file, one.told
    return SealedFile(
        id=str(stored.pk),
        key=told.key,
        code=one.requirement.code,
        name=told.name,
        media_type=told.media_type,
        size=told.size,
        sha256=told.sha256,
        salt=told.salt,
        findings=told.findings,
        parts=stored.parts,
        stored_sha256=stored.sha256,
        stored_size=stored.size,
    )


def manifest_lines(kind: str, manifest: Manifest) -> list[dict[str, Any]]:
    """Return one line for each file: the document it answers, its name, bytes, digest, and what proves it."""
    return [
        {
            "id": one.id,
            "envelope": kind,
            "code": one.code,
            "name": one.name,
            "size": one.size,
            "sha256": one.sha256,
            "salt": one.salt.hex(),
            "commitment": one.commitment,
        }
        for one in manifest.files
    ]


def mark_of(manifests: Mapping[str, Manifest], *, key: bytes, elsewhere: str = "") -> str:
    """Return what tells this content from any other to whoever has the key, and nothing to anybody else.

    `elsewhere` is the digest of what a browser keeps here as ciphertext.
    """
    whole: dict[str, Any] = {
        kind: {"written": _without_nothing(one.written), "files": [[file.id, file.sha256] for file in one.files]}
        for kind, one in manifests.items()
    } | ({"elsewhere": elsewhere} if elsewhere else {})
    return hmac.new(derived(key, info=MARK), canonical(whole), hashlib.sha256).hexdigest()


def _without_nothing(content: Any) -> Any:
    if not isinstance(content, Mapping):
        return content
    kept = {key: _without_nothing(value) for key, value in content.items()}
    return {key: value for key, value in kept.items() if value not in ("", None, {})}


def headers_digest(headers: Mapping[str, Any]) -> str:
    """Return the SHA-256 of a submission: the headers of its envelopes, by kind, as canonical JSON."""
    return hashlib.sha256(canonical(dict(headers))).hexdigest()


def differs(application: Application, submission: Submission) -> bool:
    """Tell whether the working copy now holds something else than this submission does; refuses with Locked."""
    access = access_of(application)
    envelopes = working_envelopes(application)
    held = manifests_of(application, envelopes, attached_files(application))
    return mark_of(held, key=access.key, elsewhere=kept_elsewhere(envelopes)) != submission.mark


def kept_elsewhere(envelopes: Iterable[WorkingEnvelope]) -> str:
    """Return the digest of the working copy that a browser sealed, empty where there is none."""
    rows = (one.row for one in envelopes if one.row.sealed_in == SealedIn.BROWSER)
    return next((kept_digest(row) for row in rows), "")
