"""A curriculum from outside: its name is only data, its type is what its bytes say. Pure: no Django, no store."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import BinaryIO

from workflow.contents.zip_entry import BadArchive
from workflow.contents.zips import entries_of

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
LARGEST = 10 * 1000 * 1000  # bytes; a curriculum with pictures is far below
LONGEST_NAME = 150
HIDDEN = {"Cc", "Cf", "Co", "Cs"}  # controls and bidirectional overrides
OLE = b"\xd0\xcf\x11\xe0"  # what Office makes of a file with a password, and of old .doc files
TAIL = 4096


@dataclass(frozen=True)
class Upload:
    """What is known of a file before it is kept; `kind` is empty when its bytes say neither PDF nor Word."""

    size: int
    kind: str
    locked: bool


def clean_name(name: str, *, kind: str) -> str:
    """Return a name that shows what it is: no path, no hidden character, NFC, the ending of its real type."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    shown = "".join(character for character in last if unicodedata.category(character) not in HIDDEN).strip(" .")
    stem = re.sub(r"\.(pdf|docx?|zip)$", "", shown, flags=re.IGNORECASE)[:LONGEST_NAME].strip(" .")
    return f"{stem or 'cv'}{'.pdf' if kind == PDF else '.docx'}"


def look_at(file: BinaryIO, *, size: int) -> Upload:
    """Say what a file is by its first bytes, its directory or its trailer; nothing is unpacked."""
    head = _piece(file, 0, 1024)
    if b"%PDF-" in head:
        return Upload(size, PDF, locked=b"/Encrypt" in _piece(file, max(0, size - TAIL), TAIL))
    if head.startswith(OLE):
        return Upload(size, "", locked=True)
    return Upload(size, DOCX if head.startswith(b"PK\x03\x04") and _is_word(file, size) else "", locked=False)


def _piece(file: BinaryIO, start: int, length: int) -> bytes:
    file.seek(start)
    return file.read(length)


def _is_word(file: BinaryIO, size: int) -> bool:
    try:
        entries = entries_of(lambda start, length: _piece(file, start, length), size=size)
    except BadArchive:
        return False
    return "word/document.xml" in {entry.name for entry in entries}
