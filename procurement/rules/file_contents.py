"""What a file is, by its bytes and never by its name; what in it deserves a warning. Pure; reads in bounded pieces."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from procurement.rules.archives import BadArchive, Entry, ReadAt, entries_of, read_entry

HEAD: Final = 1024
PIECE: Final = 1024 * 1024
OVERLAP: Final = 64
OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # old Office files, and new ones with a password
PACKAGE: Final = "EncryptedPackage".encode("utf-16-le")
ENCRYPT: Final = re.compile(rb"/Encrypt\s*(?:\d+\s+\d+\s+R|<<)")
ESCAPED: Final = re.compile(rb"#([0-9A-Fa-f]{2})")
ACTIVE: Final = {
    "javascript": re.compile(rb"/(?:JavaScript|JS)\b"),
    "launch": re.compile(rb"/Launch\b"),
    "embedded_files": re.compile(rb"/EmbeddedFiles?\b"),
    "forms_xfa": re.compile(rb"/XFA\b"),
}
MAIN_PARTS: Final = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx"}
ODT: Final = b"application/vnd.oasis.opendocument.text"
EXTERNAL: Final = re.compile(rb"<Relationship\b[^>]*TargetMode\s*=\s*[\"']External[\"'][^>]*>", re.IGNORECASE)
HYPERLINK: Final = re.compile(rb"/hyperlink[\"']", re.IGNORECASE)
LONGEST_PART: Final = 256 * 1024
MOST_RELATIONS: Final = 100


@dataclass(frozen=True)
class Content:
    """What bytes say: the kind (pdf, docx, xlsx, odt, jpg, png, or empty), a lock, damage (a code), findings (codes)."""

    kind: str = ""
    locked: bool = False
    damage: str = ""
    findings: tuple[str, ...] = ()


def look_at(read: ReadAt, *, size: int) -> Content:
    """Say what a file of this many bytes is. `read(start, length)` gives its bytes; a few MiB at once are asked for."""
    head = read(0, min(size, HEAD))
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"%PDF-"):
        return _pdf(read, size)
    if head.startswith(b"\xff\xd8\xff"):
        return Content("jpg")
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return Content("png")
    if head.startswith(OLE):
        return Content(locked=any(PACKAGE in piece for piece in _pieces(read, size)))
    if head.startswith(b"PK\x03\x04"):
        return _archive(read, size)
    return Content()


def _pieces(read: ReadAt, size: int) -> Iterator[bytes]:
    for start in range(0, size, PIECE):
        yield read(start, min(PIECE + OVERLAP, size - start))


def _pdf(read: ReadAt, size: int) -> Content:
    locked, found = False, set()
    for piece in _pieces(read, size):
        plain = ESCAPED.sub(lambda match: bytes([int(match[1], 16)]), piece)
        locked = locked or bool(ENCRYPT.search(piece))
        found |= {code for code, mark in ACTIVE.items() if code not in found and mark.search(plain)}
    return Content("pdf", locked=locked, findings=tuple(sorted(found)))


def _archive(read: ReadAt, size: int) -> Content:
    try:
        entries = entries_of(read, size=size)
        return _office(read, entries)
    except BadArchive as bad:
        return Content("zip", damage=str(bad))


def _office(read: ReadAt, entries: tuple[Entry, ...]) -> Content:
    named = {entry.name: entry for entry in entries}
    locked = any(entry.encrypted for entry in entries)
    kind = next((kind for part, kind in MAIN_PARTS.items() if part in named and "[Content_Types].xml" in named), "")
    if not kind and "mimetype" in named and not locked and read_entry(read, named["mimetype"], most=200).strip() == ODT:
        kind = "odt"
        locked = "META-INF/manifest.xml" in named and b"encryption-data" in read_entry(
            read, named["META-INF/manifest.xml"], most=LONGEST_PART
        )
    findings = () if locked else tuple(sorted(_findings(read, entries)))
    return Content(kind or "zip", locked=locked, findings=findings)


def _findings(read: ReadAt, entries: tuple[Entry, ...]) -> set[str]:
    names = [entry.name.lower() for entry in entries]
    found = set()
    if any(name.endswith("vbaproject.bin") or name.startswith("basic/") for name in names):
        found.add("macros")
    if any("/embeddings/" in name for name in names):
        found.add("embedded_files")
    relations = [entry for entry in entries if entry.name.lower().endswith(".rels")][:MOST_RELATIONS]
    if any(_leads_outside(read_entry(read, entry, most=LONGEST_PART)) for entry in relations):
        found.add("external_relations")
    return found


def _leads_outside(relations: bytes) -> bool:
    return any(not HYPERLINK.search(found[0]) for found in EXTERNAL.finditer(relations))
