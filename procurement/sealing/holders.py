"""A holder's key: made, kept under a passphrase, written on a recovery sheet and read back from it."""

from __future__ import annotations

import hashlib
import secrets
import unicodedata
from collections.abc import Mapping
from typing import Any

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from procurement.sealing.canonical import canonical, decoded, encoded, spelled, tidy, unspelled, with_fields
from procurement.sealing.context import FORMAT
from procurement.sealing.primitives import KEY, new_pair, public_of, seal_to
from procurement.sealing.problems import BadPassphrase, BadRecovery, Unreadable

MEMORY, PASSES, LANES = 64 * 1024, 2, 1  # KiB, passes, lanes: about a second in JavaScript
_LEAST_MEMORY, _MOST_MEMORY, _MOST_PASSES = 19 * 1024, 1024 * 1024, 16
_SALT, _NONCE = 16, 12
_LINES, _LINE, _CHECK = 4, 8, 2  # of a recovery sheet: lines, bytes of the key on each, bytes that check the line
_LETTERS = (_LINE + _CHECK) * 8 // 5


def make_holder_key() -> tuple[bytes, bytes]:
    """Return a new key of a holder: private, public."""
    return new_pair()


def is_usable(public: bytes) -> bool:
    """Say whether something can be sealed to this key and it is no degenerate one; asked once, when it is handed in."""
    try:
        seal_to(public, bytes(KEY), info=b"")
    except ValueError:
        return False
    return True


def seal_private(private: bytes, *, passphrase: str, call: str, holder: str) -> dict[str, Any]:
    """Return the private key sealed under a passphrase (Argon2id, AES-256-GCM), bound to the call and the holder."""
    salt, nonce = secrets.token_bytes(_SALT), secrets.token_bytes(_NONCE)
    key = _passphrase_key(passphrase, salt=salt, memory=MEMORY, passes=PASSES, lanes=LANES)
    return {
        "format": FORMAT,
        "kdf": "argon2id",
        "memory": MEMORY,
        "passes": PASSES,
        "lanes": LANES,
        "salt": encoded(salt),
        "nonce": encoded(nonce),
        "sealed": encoded(AESGCM(key).encrypt(nonce, private, _place(call, holder))),
    }


def open_private(sealed: Mapping[str, Any], *, passphrase: str, call: str, holder: str) -> bytes:
    """Return the private key; BadPassphrase when the passphrase is wrong, Unreadable("format") for another form."""
    try:
        found = _checked(dict(sealed))
        salt, nonce = decoded(found["salt"], length=_SALT), decoded(found["nonce"], length=_NONCE)
        ciphertext = decoded(found["sealed"], length=KEY + 16)
    except (ValueError, TypeError) as problem:
        raise Unreadable("format") from problem
    key = _passphrase_key(passphrase, salt=salt, memory=found["memory"], passes=found["passes"], lanes=found["lanes"])
    try:
        return AESGCM(key).decrypt(nonce, ciphertext, _place(call, holder))
    except InvalidTag as problem:
        raise BadPassphrase from problem


def recovery_sheet(private: bytes) -> str:
    """Return the private key as people can copy it: four lines of four groups, each line checked by itself."""
    lines = []
    for number in range(_LINES):
        part = private[number * _LINE : (number + 1) * _LINE]
        text = spelled(part + _line_check(number, part))
        lines.append("-".join(text[at : at + 4] for at in range(0, _LETTERS, 4)))
    return "\n".join(lines)


def read_recovery(typed: str) -> bytes:
    """Return the private key from a recovery sheet, however it is spaced; BadRecovery with the first wrong line."""
    text = tidy(typed)
    if len(text) != _LINES * _LETTERS:
        raise BadRecovery(0)
    return b"".join(_line_read(number, text[number * _LETTERS : (number + 1) * _LETTERS]) for number in range(_LINES))


def public_half(private: bytes) -> bytes:
    """Return the public half, to compare its fingerprint with the published one."""
    return public_of(private)


def _checked(found: dict[str, Any]) -> dict[str, Any]:
    with_fields(found, "format", "kdf", "memory", "passes", "lanes", "salt", "nonce", "sealed")
    numbers = [found[name] for name in ("memory", "passes", "lanes")]
    if found["format"] != FORMAT or found["kdf"] != "argon2id" or any(type(each) is not int for each in numbers):
        raise ValueError("another form")
    memory, passes, lanes = numbers
    if not (_LEAST_MEMORY <= memory <= _MOST_MEMORY and PASSES <= passes <= _MOST_PASSES and lanes == LANES):
        raise ValueError("weaker or dearer than the format allows")
    return found


def _passphrase_key(passphrase: str, *, salt: bytes, memory: int, passes: int, lanes: int) -> bytes:
    secret = unicodedata.normalize("NFKC", passphrase).encode()
    return hash_secret_raw(
        secret, salt, time_cost=passes, memory_cost=memory, parallelism=lanes, hash_len=KEY, type=Type.ID
    )


def _place(call: str, holder: str) -> bytes:
    return canonical([FORMAT, call, "holder", holder])


def _line_check(number: int, part: bytes) -> bytes:
    return hashlib.sha256(canonical([FORMAT, "recovery", number]) + part).digest()[:_CHECK]


def _line_read(number: int, text: str) -> bytes:
    try:
        raw = unspelled(text)
    except ValueError as problem:
        raise BadRecovery(number + 1) from problem
    part, check = raw[:_LINE], raw[_LINE:]
    if _line_check(number, part) != check:
        raise BadRecovery(number + 1)
    return part
