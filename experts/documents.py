"""A curriculum from outside: its name is only data, its type is what its bytes say. Pure: no Django, no store."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from workflow.contents.kinds import Content

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
KINDS = {"pdf": PDF, "docx": DOCX}
LARGEST = 10 * 1000 * 1000  # bytes; a curriculum with pictures is far below
LONGEST_NAME = 150
HIDDEN = {"Cc", "Cf", "Co", "Cs"}  # controls and bidirectional overrides
HEAD = 8  # bytes that tell an old Office file
OLE = b"\xd0\xcf\x11\xe0"  # what Office makes of a file with a password, and of old .doc files


@dataclass(frozen=True)
class Upload:
    """What is known of a file before it is kept; `kind` is empty when its bytes say neither PDF nor Word.

    `damage` says what cannot be opened safely, `findings` what deserves a warning: codes of workflow.contents.
    """

    size: int
    kind: str
    locked: bool
    damage: str = ""
    findings: tuple[str, ...] = ()


def clean_name(name: str, *, kind: str) -> str:
    """Return a name that shows what it is: no path, no hidden character, NFC, the ending of its real type."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    shown = "".join(character for character in last if unicodedata.category(character) not in HIDDEN).strip(" .")
    stem = re.sub(r"\.(pdf|docx?|zip)$", "", shown, flags=re.IGNORECASE)[:LONGEST_NAME].strip(" .")
    return f"{stem or 'cv'}{'.pdf' if kind == PDF else '.docx'}"


def upload_of(content: Content, *, size: int, head: bytes) -> Upload:
    """Say what a file is as a curriculum, from what its bytes were found to be; `head` are the first of them."""
    old = head.startswith(OLE)
    return Upload(size, KINDS.get(content.kind, ""), old or content.locked, content.damage, tuple(content.findings))
