"""The access code of an applicant: 160 random bits that people can type, and the draft key that comes of them."""

from __future__ import annotations

import secrets

from procurement.sealing.canonical import canonical, spelled, unspelled
from procurement.sealing.context import FORMAT
from procurement.sealing.primitives import derived
from procurement.sealing.problems import BadCode

BITS = 160


def make_code() -> str:
    """Return a new code: eight groups of four letters and digits, without those that are mistaken for others."""
    return _grouped(spelled(secrets.token_bytes(BITS // 8)))


def read_code(typed: str) -> str:
    """Return the code as `make_code` writes it, however it was typed; BadCode when it cannot be one."""
    try:
        raw = unspelled(typed)
    except ValueError as problem:
        raise BadCode from problem
    if len(raw) != BITS // 8:
        raise BadCode
    return _grouped(spelled(raw))


def draft_key(code: str, *, application: str) -> bytes:
    """Return the 32 bytes under which an application's working copy is sealed; BadCode for what is no code."""
    return derived(unspelled(read_code(code)), info=canonical([FORMAT, application, "draft"]))


def key_check(key: bytes) -> str:
    """Return what may be stored to tell the right draft key from a wrong one: 64 hexadecimal digits."""
    return derived(key, info=canonical([FORMAT, "check"])).hex()


def _grouped(text: str) -> str:
    return "-".join(text[at : at + 4] for at in range(0, len(text), 4))
