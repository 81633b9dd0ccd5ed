"""The first record of an envelope: what was written, and of each file its name, its key and what proves it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from procurement.sealing.canonical import canonical, decoded, encoded, parsed, with_fields
from procurement.sealing.context import FORMAT
from procurement.sealing.primitives import KEY
from procurement.sealing.problems import Unreadable

_TEXTS = ("id", "code", "name", "media_type", "sha256", "stored_sha256")
_NUMBERS = ("size", "parts", "stored_size")
_DIGEST = re.compile(r"[0-9a-f]{64}", re.ASCII)  # and no other spelling: it goes into a column of this length
_FIELDS = (*_TEXTS, *_NUMBERS, "key", "salt", "findings")


@dataclass(frozen=True)
class SealedFile:
    """A file of an envelope: `sha256` and `size` are of the plaintext, `stored_…` of all its sealed parts in a row."""

    id: str
    key: bytes
    code: str
    name: str
    media_type: str
    size: int
    sha256: str
    salt: bytes
    findings: tuple[str, ...]
    parts: int
    stored_sha256: str
    stored_size: int

    @property
    def commitment(self) -> str:
        """Return what is published of the content: without the salt nobody can try out what it was."""
        return commitment(self.salt, self.sha256)

    def public(self) -> dict[str, Any]:
        """Return what the header shows of the file."""
        return {
            "id": self.id,
            "commitment": self.commitment,
            "parts": self.parts,
            "sha256": self.stored_sha256,
            "size": self.stored_size,
        }


@dataclass(frozen=True)
class Manifest:
    """What an envelope holds: `written` is what was typed, as JSON without floating point numbers."""

    written: Mapping[str, Any]
    files: tuple[SealedFile, ...] = ()

    def to_bytes(self, *, header: str) -> bytes:
        """Return the canonical bytes, which also hold the digest of the envelope's header."""
        files = [_file_written(file) for file in self.files]
        return canonical({"format": FORMAT, "header": header, "written": dict(self.written), "files": files})


def read_manifest(raw: bytes, *, header: str) -> Manifest:
    """Read a manifest; Unreadable("header") when it belongs to another header, ("manifest") when it has another form."""
    try:
        found = with_fields(parsed(raw), "format", "header", "written", "files")
        if found["format"] != FORMAT or not isinstance(found["written"], dict) or canonical(found) != raw:
            raise ValueError("another form")
        files = tuple(_file_read(each) for each in found["files"])
    except (ValueError, TypeError, RecursionError) as problem:
        raise Unreadable("manifest") from problem
    if found["header"] != header:
        raise Unreadable("header")
    return Manifest(found["written"], files)


def commitment(salt: bytes, sha256: str) -> str:
    """Return SHA-256(salt || SHA-256 of the plaintext), in hexadecimal digits."""
    return hashlib.sha256(salt + bytes.fromhex(sha256)).hexdigest()


def _file_written(file: SealedFile) -> dict[str, Any]:
    plain = {name: getattr(file, name) for name in (*_TEXTS, *_NUMBERS)}
    return plain | {"key": encoded(file.key), "salt": encoded(file.salt), "findings": list(file.findings)}


def _file_read(raw: Any) -> SealedFile:
    found = with_fields(raw, *_FIELDS)
    findings = found["findings"]
    good = (
        all(isinstance(found[name], str) for name in _TEXTS)
        and all(type(found[name]) is int and found[name] >= 0 for name in _NUMBERS)
        and isinstance(findings, list)
        and all(isinstance(each, str) for each in findings)
        and all(_DIGEST.fullmatch(found[name]) for name in ("sha256", "stored_sha256"))
    )
    if not good:
        raise ValueError("another form")
    return SealedFile(
        **{name: found[name] for name in (*_TEXTS, *_NUMBERS)},
        key=decoded(found["key"], length=KEY),
        salt=decoded(found["salt"], length=KEY),
        findings=tuple(findings),
    )
