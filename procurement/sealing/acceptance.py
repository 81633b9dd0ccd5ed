"""What the server can check of an envelope that was sealed in a browser, without being able to open it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from hmac import compare_digest
from typing import Any

from procurement.sealing.context import Binding
from procurement.sealing.header import checked
from procurement.sealing.problems import Unreadable
from procurement.sealing.roster import Roster, fingerprint

Stored = Mapping[str, tuple[int, str]]  # of each stored file: the size and SHA-256 of its sealed parts in a row


def accept_envelope(
    header: Mapping[str, Any],
    body: bytes,
    *,
    binding: Binding,
    roster: Roster,
    lock_public: bytes,
    stored: Stored,
) -> dict[str, Any]:
    """Return the header of an envelope from a browser when it is whole and sealed to the keys of this call.

    Unreadable("header") or ("binding") for another form or place, ("key") for other holders, quorum or lock, ("body") for other
    bytes, ("files") for files that are not the stored ones. Whether it opens, only the opening shows.
    """
    found = checked(header, binding=binding)
    if found["sealed_in"] != "browser":
        raise Unreadable("header")
    keys = [(each["name"], each["fingerprint"]) for each in found["holders"]]
    right = [(holder.name, holder.fingerprint) for holder in roster.holders]
    if (keys, found["quorum"], found["lock"]["fingerprint"]) != (right, roster.quorum, fingerprint(lock_public)):
        raise Unreadable("key")
    size, sha256 = found["body"]["size"], found["body"]["sha256"]
    if len(body) != size or not compare_digest(hashlib.sha256(body).hexdigest(), sha256):
        raise Unreadable("body")
    promised = {each["id"]: (each["size"], each["sha256"]) for each in found["files"]}
    if promised != dict(stored) or len(promised) != len(found["files"]):
        raise Unreadable("files")
    return found
