"""A secret under something that a person remembers: Argon2id, AES-256-GCM, and the parameters beside what they made."""

from __future__ import annotations

import secrets
import unicodedata
from collections.abc import Mapping
from typing import Any

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from procurement.sealing.canonical import decoded, encoded, with_fields
from procurement.sealing.context import FORMAT
from procurement.sealing.primitives import KEY
from procurement.sealing.problems import BadPassphrase, Unreadable

MEMORY, LANES = 64 * 1024, 1  # KiB, lanes
_LEAST_MEMORY, _MOST_MEMORY, _LEAST_PASSES, _MOST_PASSES = 19 * 1024, 1024 * 1024, 2, 16
_SALT, _NONCE, _TAG = 16, 12, 16


def seal_under(passphrase: str, secret: bytes, *, place: bytes, passes: int) -> dict[str, Any]:
    """Return a secret sealed under a passphrase for one place, with a salt of its own."""
    salt, nonce = secrets.token_bytes(_SALT), secrets.token_bytes(_NONCE)
    key = _key_of(passphrase, salt=salt, memory=MEMORY, passes=passes, lanes=LANES)
    return {
        "format": FORMAT,
        "kdf": "argon2id",
        "memory": MEMORY,
        "passes": passes,
        "lanes": LANES,
        "salt": encoded(salt),
        "nonce": encoded(nonce),
        "sealed": encoded(AESGCM(key).encrypt(nonce, secret, place)),
    }


def open_under(passphrase: str, sealed: Mapping[str, Any], *, place: bytes, length: int) -> bytes:
    """Return the secret of this length; BadPassphrase for a wrong one or another place, Unreadable for another form."""
    try:
        found = _checked(dict(sealed))
        salt, nonce = decoded(found["salt"], length=_SALT), decoded(found["nonce"], length=_NONCE)
        ciphertext = decoded(found["sealed"], length=length + _TAG)
    except (ValueError, TypeError) as problem:
        raise Unreadable("format") from problem
    key = _key_of(passphrase, salt=salt, memory=found["memory"], passes=found["passes"], lanes=found["lanes"])
    try:
        return AESGCM(key).decrypt(nonce, ciphertext, place)
    except InvalidTag as problem:
        raise BadPassphrase from problem


def _checked(found: dict[str, Any]) -> dict[str, Any]:
    with_fields(found, "format", "kdf", "memory", "passes", "lanes", "salt", "nonce", "sealed")
    numbers = [found[name] for name in ("memory", "passes", "lanes")]
    if found["format"] != FORMAT or found["kdf"] != "argon2id" or any(type(each) is not int for each in numbers):
        raise ValueError("another form")
    memory, passes, lanes = numbers
    allowed = _LEAST_MEMORY <= memory <= _MOST_MEMORY and _LEAST_PASSES <= passes <= _MOST_PASSES
    if not allowed or lanes != LANES:
        raise ValueError("weaker or dearer than the format allows")
    return found


def _key_of(passphrase: str, *, salt: bytes, memory: int, passes: int, lanes: int) -> bytes:
    secret = unicodedata.normalize("NFKC", passphrase).encode()
    return hash_secret_raw(
        secret, salt, time_cost=passes, memory_cost=memory, parallelism=lanes, hash_len=KEY, type=Type.ID
    )
