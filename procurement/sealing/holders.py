"""A holder's key: made, kept under a passphrase, written on a recovery sheet and read back from it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from procurement.sealing.canonical import canonical, spelled, tidy, unspelled
from procurement.sealing.context import FORMAT
from procurement.sealing.passphrase import open_under, seal_under
from procurement.sealing.primitives import KEY, new_pair, public_of, seal_to
from procurement.sealing.problems import BadRecovery

PASSES = 2  # about a second in JavaScript
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
    return seal_under(passphrase, private, place=_place(call, holder), passes=PASSES)


def open_private(sealed: Mapping[str, Any], *, passphrase: str, call: str, holder: str) -> bytes:
    """Return the private key; BadPassphrase when the passphrase is wrong, Unreadable("format") for another form."""
    return open_under(passphrase, sealed, place=_place(call, holder), length=KEY)


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
