"""The public header of a sealed envelope: what everybody may see, read strictly."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from procurement.sealing.canonical import canonical, decoded, with_fields
from procurement.sealing.context import FORMAT, Binding
from procurement.sealing.primitives import KEY, SUITE
from procurement.sealing.problems import Unreadable
from procurement.sealing.roster import FEWEST, MOST, subsets

FIELDS = (
    "format", "suite", "call", "application", "envelope", "version", "sealed_in", "quorum", "holders", "subsets", "lock",
    "own", "files", "body",
)  # fmt: skip
PLACES = ("server", "browser")
_HPKE = 48  # bytes that an HPKE message is longer than its content
_OWN = 56 + 2 * KEY + 16  # one Cobblestone message of two keys


def digest(header: Mapping[str, Any]) -> str:
    """Return the SHA-256 of the header without its field `body`; it stands inside the sealed body."""
    return hashlib.sha256(canonical({name: header[name] for name in FIELDS if name != "body"})).hexdigest()


def checked(header: Mapping[str, Any], *, binding: Binding) -> dict[str, Any]:
    """Return the header when it has the form of the format and belongs to this place; Unreadable otherwise."""
    try:
        found = with_fields(dict(header), *FIELDS)
        _check_form(found)
    except (ValueError, TypeError, KeyError, AttributeError) as problem:
        raise Unreadable("header") from problem
    if any(found[name] != getattr(binding, name) for name in ("call", "application", "envelope", "version")):
        raise Unreadable("binding")
    return found


def names_of(header: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the holders of the envelope, in the order of its roster."""
    return tuple(holder["name"] for holder in header["holders"])


def _check_form(header: dict[str, Any]) -> None:
    if header["format"] != FORMAT or header["suite"] != SUITE or header["sealed_in"] not in PLACES:
        raise ValueError("another format")
    for name in ("version", "quorum"):
        _whole(header[name], least=1)
    for name in ("call", "application", "envelope"):
        _text(header[name])
    names = _check_holders(header)
    _check_subsets(header["subsets"], names=names, quorum=header["quorum"])
    lock = with_fields(header["lock"], "fingerprint", "part")
    _hexadecimal(lock["fingerprint"])
    decoded(lock["part"], length=KEY + _HPKE)
    decoded(header["own"], length=_OWN)
    for each in header["files"]:
        _check_file(each)
    body = with_fields(header["body"], "sha256", "size")
    _hexadecimal(body["sha256"])
    _whole(body["size"], least=1)


def _check_holders(header: dict[str, Any]) -> tuple[str, ...]:
    count = len(header["holders"])
    if not FEWEST <= header["quorum"] <= count <= MOST:
        raise ValueError("quorum and number of key holders do not fit")
    pieces = sum(header["holders"][0]["name"] in subset.split("+") for subset in header["subsets"])
    for holder in header["holders"]:
        with_fields(holder, "name", "fingerprint", "pieces")
        _text(holder["name"])
        _hexadecimal(holder["fingerprint"])
        decoded(holder["pieces"], length=pieces * KEY + _HPKE)
    return names_of(header)


def _check_subsets(found: dict[str, list[str]], *, names: tuple[str, ...], quorum: int) -> None:
    if set(found) != {name for name, _ in subsets(names, quorum=quorum)} or len(set(names)) != len(names):
        raise ValueError("other subsets than the holders make")
    for fingerprints in found.values():
        if len(fingerprints) != quorum:
            raise ValueError("a subset with another number of pieces")
        for fingerprint in fingerprints:
            _hexadecimal(fingerprint)


def _check_file(found: dict[str, Any]) -> None:
    with_fields(found, "id", "commitment", "parts", "sha256", "size")
    _text(found["id"])
    _hexadecimal(found["commitment"])
    _hexadecimal(found["sha256"])
    _whole(found["parts"], least=1)
    _whole(found["size"], least=1)


def _hexadecimal(text: Any) -> None:
    if not isinstance(text, str) or len(text) != 2 * KEY or any(letter not in "0123456789abcdef" for letter in text):
        raise ValueError("not the digits of a fingerprint")


def _whole(number: Any, *, least: int) -> None:
    if type(number) is not int or number < least:
        raise ValueError("not a whole number")


def _text(text: Any) -> None:
    if not isinstance(text, str) or not text:
        raise ValueError("not text")
