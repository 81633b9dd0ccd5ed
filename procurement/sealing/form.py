"""What was typed in an envelope, proved later: a digest of its canonical form, and a salt that comes of the applicant's own key."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from procurement.sealing.canonical import canonical
from procurement.sealing.context import Binding
from procurement.sealing.manifest import commitment
from procurement.sealing.primitives import derived


def form_salt(own_key: bytes, binding: Binding) -> bytes:
    """Return 32 bytes that nobody without the key knows, the same whenever they are asked for."""
    return derived(own_key, info=binding.context("form"))


def form_digest(written: Mapping[str, Any]) -> str:
    """Return the SHA-256 of what was typed, as canonical JSON; ValueError for what has no single spelling."""
    return hashlib.sha256(canonical(written)).hexdigest()


def form_commitment(written: Mapping[str, Any], *, own_key: bytes, binding: Binding) -> str:
    """Return what a receipt may say of what was typed: without the salt nobody can try out what it was."""
    return commitment(form_salt(own_key, binding), form_digest(written))
