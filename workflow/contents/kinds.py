"""What a file is, by its bytes and never by its name; what in it deserves a warning. Pure; reads in bounded pieces."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from workflow.contents import office, pdf, pictures
from workflow.contents.allowance import Allowance
from workflow.contents.zip_entry import BadArchive
from workflow.contents.zips import END, ReadAt, entries_of

HEAD: Final = 1024
OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # old Office files, and new ones with a password
PACKAGE: Final = "EncryptedPackage".encode("utf-16-le")
HEADS: Final = {"jpg": b"\xff\xd8\xff", "png": b"\x89PNG\r\n\x1a\n", "zip": b"PK\x03\x04"}
PDF: Final = b"%PDF-"
PAGE: Final = re.compile(rb"<(?:!doctype html|html|script|svg|iframe|body|\?php)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Content:
    """What bytes say: the kind (pdf, docx, xlsx, odt, jpg, png, or empty), a lock, damage (a code), findings (codes).

    `unpacked` is how many bytes were unpacked to see it: the measure of the work.
    """

    kind: str = ""
    locked: bool = False
    damage: str = ""
    findings: tuple[str, ...] = ()
    unpacked: int = field(default=0, compare=False)


def look_at(read: ReadAt, *, size: int) -> Content:
    """Say what a file of this many bytes is. `read(start, length)` gives its bytes; about a MiB at once is asked for."""
    head = read(0, min(size, HEAD))
    if head.startswith(OLE):
        return Content(locked=any(PACKAGE in piece for piece in _pieces(read, size)))
    kind = _kind(head)
    allowance = Allowance(office.UNPACKED if kind == "zip" else pdf.UNPACKED)
    try:
        seen = _archive(read, size, allowance) if kind == "zip" else Content(kind, damage=_damage(read, kind, size))
    except BadArchive as bad:
        seen = Content("zip", damage=str(bad))
    if not seen.kind or seen.damage:
        return seen
    found = set(seen.findings)
    if PDF in head:  # readers take it for one wherever it begins in the first KiB
        found |= pdf.findings_of(read, size=size, allowance=allowance)
    if _also_something_else(read, size, head, seen.kind):
        found.add("two_kinds")
    locked = seen.locked or "locked" in found
    findings = () if locked else tuple(sorted(found))
    return Content(seen.kind, locked=locked, findings=findings, unpacked=allowance.spent)


def _kind(head: bytes) -> str:
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(PDF):
        return "pdf"
    return next((kind for kind, mark in HEADS.items() if head.startswith(mark)), "")


def _pieces(read: ReadAt, size: int) -> Iterator[bytes]:
    for start in range(0, size, pdf.PIECE):
        yield read(start, min(pdf.PIECE + len(PACKAGE), size - start))


def _archive(read: ReadAt, size: int, allowance: Allowance) -> Content:
    entries = entries_of(read, size=size)
    kind, locked = office.kind_of(read, entries)
    if locked or kind == "zip":
        return Content(kind, locked=locked)
    return Content(kind, findings=tuple(office.findings_of(read, entries, allowance)))


def _damage(read: ReadAt, kind: str, size: int) -> str:
    if kind in ("jpg", "png") and pictures.pixels_of(read, kind=kind, size=size) > pictures.MOST_PIXELS:
        return "too many pixels"
    return ""


def _also_something_else(read: ReadAt, size: int, head: bytes, kind: str) -> bool:
    """Tell whether other programs would take the same bytes for a PDF, a page or an archive."""
    if (PDF in head and kind != "pdf") or PAGE.search(head):
        return True
    return kind in ("pdf", "jpg", "png") and (HEADS["zip"] in head or _ends_as_archive(read, size))


def _ends_as_archive(read: ReadAt, size: int) -> bool:
    start = max(0, size - END.size - 0xFFFF)
    tail = read(start, size - start)
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) - at < END.size:
        return False
    length, offset = END.unpack_from(tail, at)[5:7]
    where = start + at - length
    return length > 0 and where >= 0 and (offset <= where) and read(where, 4) == b"PK\x01\x02"
