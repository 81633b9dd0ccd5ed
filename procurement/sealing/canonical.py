"""One way to write a thing as bytes: canonical JSON, base64, Crockford's base32; and strict ways back."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping, Sequence
from typing import Any

MOST = 2**53 - 1  # the largest whole number that a browser reads exactly
CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_TO_CROCKFORD = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", CROCKFORD)
_FROM_CROCKFORD = str.maketrans(CROCKFORD, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
_encoder = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def canonical(value: Any) -> bytes:
    """Return JSON in UTF-8: keys sorted by code point, no spaces, no escapes but the demanded ones.

    ValueError for what two languages would not write alike: floats, whole numbers beyond 2^53 - 1, half characters.
    """
    _refuse_inexact(value)
    return _encoder.encode(value).encode()


def parsed(raw: bytes) -> Any:
    """Read JSON strictly; ValueError for a key written twice, a float, or bytes that are not UTF-8."""
    return json.loads(
        raw.decode("utf-8", errors="strict"), object_pairs_hook=_once, parse_float=_inexact, parse_constant=_inexact
    )


def with_fields(value: Any, *fields: str) -> dict[str, Any]:
    """Return an object that has exactly these fields; ValueError for one too many or too few."""
    if not isinstance(value, dict) or set(value) != set(fields):
        raise ValueError("other fields than the format has")
    return value


def encoded(raw: bytes) -> str:
    """Return base64 with padding."""
    return base64.b64encode(raw).decode()


def decoded(text: Any, *, length: int | None = None) -> bytes:
    """Read base64 as `encoded` writes it and in no other spelling; ValueError otherwise."""
    if not isinstance(text, str):
        raise ValueError("not base64")  # noqa: TRY004 (whoever reads a format catches ValueError)
    try:
        raw = base64.b64decode(text, validate=True)
    except binascii.Error as problem:
        raise ValueError("not base64") from problem
    if encoded(raw) != text or (length is not None and len(raw) != length):
        raise ValueError("not base64 of this length")
    return raw


def spelled(raw: bytes) -> str:
    """Return Crockford's base32, which people can type: no I, L, O, U. Whole groups of five bytes only."""
    return base64.b32encode(raw).decode().translate(_TO_CROCKFORD)


def unspelled(typed: str) -> bytes:
    """Read `spelled` text as people type it: any case, spaces and dashes, O for 0, I and L for 1; ValueError otherwise."""
    text = tidy(typed)
    if len(text) % 8 or any(letter not in CROCKFORD for letter in text):
        raise ValueError("not base32")
    return base64.b32decode(text.translate(_FROM_CROCKFORD))


def tidy(typed: str) -> str:
    """Return what was typed in capitals, without spaces and dashes, mistakable letters read as digits."""
    text = "".join(letter for letter in typed if not letter.isspace() and letter not in "-–—.")
    return text.upper().translate(str.maketrans("OIL", "011"))


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key is written twice")
    return found


def _inexact(_text: str) -> Any:
    raise ValueError("no floating point numbers")


def _refuse_inexact(value: Any) -> None:
    kind = type(value)
    if kind is str or kind is bool or value is None:  # nearly all there is: asked first, for it is asked very often
        return
    if isinstance(value, float) or (isinstance(value, int) and abs(value) > MOST):
        raise ValueError("no such number")
    if isinstance(value, Mapping):
        for name, inner in value.items():
            if not isinstance(name, str):
                raise ValueError("keys are text")  # noqa: TRY004
            _refuse_inexact(inner)
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for inner in value:
            _refuse_inexact(inner)
