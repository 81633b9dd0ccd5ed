"""An access code that its owner keeps with their account: under their password, which the server never keeps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from procurement.sealing.access import BITS, read_code
from procurement.sealing.canonical import canonical, spelled, unspelled
from procurement.sealing.context import FORMAT
from procurement.sealing.passphrase import open_under, seal_under

PASSES = 3  # the server does this work, not a browser: a little more than for a holder's key


def seal_code(code: str, *, password: str, call: str, application: str, person: str) -> dict[str, Any]:
    """Return a code sealed under a password, bound to the application and the person; BadCode for what is no code."""
    raw = unspelled(read_code(code))
    return seal_under(password, raw, place=_place(call, application, person), passes=PASSES)


def open_code(sealed: Mapping[str, Any], *, password: str, call: str, application: str, person: str) -> str:
    """Return the code; BadPassphrase for another password or place, Unreadable for another form."""
    raw = open_under(password, sealed, place=_place(call, application, person), length=BITS // 8)
    return read_code(spelled(raw))


def _place(call: str, application: str, person: str) -> bytes:
    return canonical([FORMAT, call, application, "kept", person])
