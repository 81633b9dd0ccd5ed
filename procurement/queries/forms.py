"""What an applicant typed in a submission: read back with the access code, taken away as a file, held to the receipt later."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from procurement.models import Application, Submission
from procurement.models.working_copy import access_of
from procurement.queries.browser_manifest import from_browser
from procurement.queries.pieces import binding_of
from procurement.sealing import Unreadable, commitment, open_own_envelope
from procurement.sealing.form import form_digest, form_salt
from procurement.sealing.manifest import Manifest

FORMAT = "appel-forms/v1"


@dataclass(frozen=True)
class Typed:
    """One envelope of a submission, read back: what was typed, the files it lists, and the salt that proves the former."""

    kind: str
    manifest: Manifest
    salt: bytes


def typed_in(application: Application, submission: Submission) -> list[Typed]:
    """Return each envelope of a submission that the access code opens, technical first; refuses with Locked.

    What a browser sealed is not among them, nor what was sealed under an older code.
    """
    key = access_of(application).key
    found = []
    for row in submission.envelopes.select_related("application__call", "submission").order_by("-kind"):
        if from_browser(row) or row.sealed is None:
            continue
        try:
            manifest = open_own_envelope(row.header, bytes(row.sealed), own_key=key, binding=binding_of(row))
        except Unreadable:
            continue
        found.append(Typed(row.kind, manifest, form_salt(key, binding_of(row))))
    return found


def forms_file(submission: Submission, typed: list[Typed]) -> bytes:
    """Return what was typed as a JSON file, with what proves it against the receipt."""
    forms = [
        {
            "envelope": one.kind,
            "salt": one.salt.hex(),
            "sha256": form_digest(one.manifest.written),
            "written": dict(one.manifest.written),
        }
        for one in typed
    ]
    whole = {"format": FORMAT, "receipt": submission.receipt_number, "forms": forms}
    return json.dumps(whole, ensure_ascii=False, indent=1).encode() + b"\n"


def form_given(raw: bytes, *, kind: str, promised: str) -> dict[str, Any] | None:
    """Return what a file of forms says was typed in an envelope, if the receipt promised just that."""
    try:
        whole = json.loads(raw)
        for one in _forms(whole):
            written = one["written"]
            if one["envelope"] == kind and isinstance(written, dict):
                fits = commitment(bytes.fromhex(one["salt"]), form_digest(written)) == promised
                return dict(written) if fits else None
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    return None


def _forms(whole: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return list(whole["forms"]) if whole["format"] == FORMAT else []
