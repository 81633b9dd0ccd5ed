"""The drill: a holder proves before the deadline that the key still opens, on something that is worth nothing."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from hmac import compare_digest
from typing import Any

from procurement.sealing.canonical import canonical, decoded, encoded, with_fields
from procurement.sealing.context import FORMAT
from procurement.sealing.primitives import KEY, open_with, seal_to
from procurement.sealing.problems import Unreadable
from procurement.sealing.roster import HolderKey


def make_drill(holder: HolderKey, *, call: str) -> dict[str, str]:
    """Return a dummy envelope: random bytes sealed to the holder's key, and their SHA-256."""
    content = secrets.token_bytes(KEY)
    sealed = seal_to(holder.public, content, info=_bound(call, holder.name))
    return {"format": FORMAT, "sealed": encoded(sealed), "sha256": hashlib.sha256(content).hexdigest()}


def answer_drill(drill: Mapping[str, Any], *, holder: str, private: bytes, call: str) -> bytes:
    """Return what was in the dummy envelope; Unreadable("key") with another key."""
    try:
        found = with_fields(dict(drill), "format", "sealed", "sha256")
        sealed = decoded(found["sealed"])
    except ValueError as problem:
        raise Unreadable("format") from problem
    return open_with(private, sealed, info=_bound(call, holder))


def is_answered(drill: Mapping[str, Any], *, answer: bytes) -> bool:
    """Say whether this is what the dummy envelope held."""
    return compare_digest(hashlib.sha256(answer).hexdigest(), str(drill["sha256"]))


def _bound(call: str, holder: str) -> bytes:
    return canonical([FORMAT, call, "drill", holder])
