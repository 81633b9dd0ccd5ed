"""What no archive may be: a bomb, a snare, or two things at once. Pure."""

from __future__ import annotations

import stat
import struct
import unicodedata
from collections.abc import Sequence
from typing import Final

from workflow.contents.zip_entry import LOCAL, BadArchive, Entry

LARGEST_UNPACKED: Final = 2 * 1000 * 1000 * 1000
HIGHEST_RATIO: Final = 100
SMALL: Final = 1024 * 1024
METHODS: Final = (0, 8, 99)  # stored, deflated, and what a password hides
DESCRIPTOR: Final = 24  # bytes, the longest that may follow an entry whose sizes were not known before
UNIX: Final = {0, stat.S_IFREG, stat.S_IFDIR}
OTHER_NAME: Final = 0x7075
ARCHIVES: Final = (".zip", ".7z", ".rar", ".tar", ".gz", ".tgz", ".bz2", ".xz", ".zst", ".jar", ".cab", ".iso")


def check_sizes(entries: Sequence[Entry]) -> None:
    """Refuse a bomb: too much in all, or packed more tightly than texts and pictures are."""
    if any(0xFFFFFFFF in (entry.packed, entry.unpacked, entry.offset) for entry in entries):
        raise BadArchive("sizes for another kind of archive")
    unpacked, packed = sum(entry.unpacked for entry in entries), sum(entry.packed for entry in entries)
    if unpacked > LARGEST_UNPACKED:
        raise BadArchive("too large unpacked")
    if any(_tight(entry.unpacked, entry.packed) for entry in entries) or _tight(unpacked, packed):
        raise BadArchive("packed too tightly")
    for entry in entries:
        if entry.method not in METHODS or (
            entry.method == 0 and not entry.encrypted and entry.packed != entry.unpacked
        ):
            raise BadArchive("odd packing")


def _tight(unpacked: int, packed: int) -> bool:
    return unpacked > SMALL and unpacked > HIGHEST_RATIO * max(packed, 1)


def check_names(entries: Sequence[Entry]) -> None:
    """Refuse names that lead out of the archive, stand twice, point elsewhere or hide an archive."""
    names = {unicodedata.normalize("NFC", entry.name).casefold() for entry in entries}
    if len(names) < len(entries):
        raise BadArchive("two entries of one name")
    for entry in entries:
        parts = entry.name.replace("\\", "/").split("/")
        if ".." in parts or parts[0].endswith(":") or entry.name.startswith(("/", "\\")) or _controls(entry.name):
            raise BadArchive("entry outside the archive")
        if stat.S_IFMT(entry.mode) not in UNIX:
            raise BadArchive("a link inside")
        if entry.name.lower().endswith(ARCHIVES):
            raise BadArchive("an archive inside")
        if _named_otherwise(entry):
            raise BadArchive("two headers that disagree")


def _controls(name: str) -> bool:
    return any(unicodedata.category(one) == "Cc" for one in name) or not name


def _named_otherwise(entry: Entry) -> bool:
    """Tell whether the extra field gives another name than the entry has; one beyond ASCII may stand there in full."""
    at = 0
    while at + 4 <= len(entry.extra):
        kind, length = struct.unpack_from("<2H", entry.extra, at)
        if kind == OTHER_NAME and entry.raw.isascii() and entry.extra[at + 9 : at + 4 + length] != entry.raw:
            return True
        at += 4 + length
    return False


def check_places(entries: Sequence[Entry], directory: int) -> None:
    """Each entry ends before the next begins, else the same bytes unpack again and again; nothing stands before the first."""
    places = sorted((entry.offset, _end(entry), entry.streamed) for entry in entries)
    if places and places[0][0]:
        raise BadArchive("something before the archive")
    for (_start, end, _streamed), (following, *_) in zip(places, [*places[1:], (directory,)], strict=True):
        if end > following:
            raise BadArchive("overlapping entries")
    if all(entry.body for entry in entries) and any(_hidden(places, directory)):
        raise BadArchive("something between the entries")


def _hidden(places: list[tuple[int, int, bool]], directory: int) -> list[bool]:
    following = [start for start, *_ in places[1:]] + [directory]
    return [
        then - end > (DESCRIPTOR if streamed else 0) for (_, end, streamed), then in zip(places, following, strict=True)
    ]


def _end(entry: Entry) -> int:
    return (entry.body or entry.offset + LOCAL.size + len(entry.raw)) + entry.packed
