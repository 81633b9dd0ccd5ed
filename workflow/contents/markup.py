"""XML searched for marks, never parsed: whatever its encoding and its ways to write a character. Pure."""

from __future__ import annotations

import re
from typing import Final

from workflow.contents.zip_entry import BadArchive

DECLARED: Final = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._-]{1,40})[\"']")
REFERENCE: Final = re.compile(rb"&#(?:x([0-9A-Fa-f]{1,6})|([0-9]{1,7}));")
ENTITY: Final = re.compile(rb"<!ENTITY\b", re.IGNORECASE)
WIDE: Final = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be", b"<\0": "utf-16-le", b"\0<": "utf-16-be"}
WIDER: Final = {
    b"\xff\xfe\0\0": "utf-32-le",
    b"\0\0\xfe\xff": "utf-32-be",
    b"<\0\0\0": "utf-32-le",
    b"\0\0\0<": "utf-32-be",
}
KNOWN: Final = {b"utf-8", b"utf8", b"utf-16", b"us-ascii", b"ascii", b"iso-8859-1", b"iso-8859-15", b"windows-1252"}
MOST_REFERENCES: Final = 20_000


class OtherEncoding(ValueError):
    """The text is in an encoding in which the marks cannot be searched for."""


def plain(part: bytes) -> bytes:
    """Return a part of an office file as UTF-8 with its numbered characters written out; refuse one that declares entities."""
    encoding = WIDER.get(part[:4]) or WIDE.get(part[:2])
    if encoding:
        part = part.decode(encoding, "replace").encode()
    else:
        declared = DECLARED.search(part[:256])
        if declared and declared[1].lower() not in KNOWN:
            raise OtherEncoding(declared[1].decode())
    if ENTITY.search(part):
        raise BadArchive("entities")
    return REFERENCE.sub(_character, part, count=MOST_REFERENCES) if b"&#" in part else part


def _character(found: re.Match[bytes]) -> bytes:
    number = int(found[1], 16) if found[1] else int(found[2])
    return chr(number).encode(errors="replace") if 0 < number < 0x110000 else b"?"
