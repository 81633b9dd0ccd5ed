"""The central directory of a ZIP file, read by ourselves and bounded: nothing is unpacked to find out what it holds. Pure.

Bounds: 1,000 entries, a directory of 1 MiB, 1 GB unpacked, 100 times the packed size for an entry above 1 MiB.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

ReadAt = Callable[[int, int], bytes]  # (start, length) -> those bytes, fewer at the end of the file

END: Final = struct.Struct("<4s4H2LH")
ENTRY: Final = struct.Struct("<4s6H3L5H2L")
LOCAL: Final = struct.Struct("<4s5H3L2H")
MOST_ENTRIES: Final = 1000
LARGEST_DIRECTORY: Final = 1024 * 1024
LARGEST_UNPACKED: Final = 1000 * 1000 * 1000
HIGHEST_RATIO: Final = 100
SMALL: Final = 1024 * 1024
ENCRYPTED: Final = 0x1
STORED, DEFLATED = 0, 8
ARCHIVES: Final = (".zip", ".7z", ".rar", ".tar", ".gz", ".tgz", ".bz2", ".xz", ".zst", ".jar", ".cab", ".iso")


class BadArchive(ValueError):
    """The directory is damaged, or describes something nobody would send in good faith; the message is a code."""


@dataclass(frozen=True)
class Entry:
    """One file of an archive, as the central directory describes it. Sizes and offsets are in bytes."""

    name: str
    offset: int
    packed: int
    unpacked: int
    method: int
    encrypted: bool


def entries_of(read: ReadAt, *, size: int) -> tuple[Entry, ...]:
    """Return the entries of an archive; refuse one that is damaged, overlapping, nested or a bomb."""
    count, length, start = _end_record(read, size)
    if count > MOST_ENTRIES or length > LARGEST_DIRECTORY:
        raise BadArchive("too many entries")
    entries = tuple(_directory(read(start, length), count))
    _check_places(entries, start)
    _check_sizes(entries)
    _check_names(entries)
    return entries


def _end_record(read: ReadAt, size: int) -> tuple[int, int, int]:
    tail_start = max(0, size - END.size - 0xFFFF)
    tail = read(tail_start, size - tail_start)
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) - at < END.size:
        raise BadArchive("no directory")
    _sign, disk, first, here, count, length, start, _comment = END.unpack_from(tail, at)
    if disk or first or here != count or 0xFFFFFFFF in (length, start) or start + length > tail_start + at:
        raise BadArchive("odd directory")
    return count, length, start


def _directory(directory: bytes, count: int) -> list[Entry]:
    entries, at = [], 0
    for _ in range(count):
        if len(directory) - at < ENTRY.size:
            raise BadArchive("short directory")
        fields = ENTRY.unpack_from(directory, at)
        if fields[0] != b"PK\x01\x02":
            raise BadArchive("odd entry")
        flags, method, packed, unpacked, named, extra, comment, offset = (
            fields[n] for n in (3, 4, 8, 9, 10, 11, 12, 16)
        )
        name = directory[at + ENTRY.size : at + ENTRY.size + named].decode("utf-8", "replace")
        entries.append(Entry(name, offset, packed, unpacked, method, bool(flags & ENCRYPTED)))
        at += ENTRY.size + named + extra + comment
    return entries


def _check_places(entries: tuple[Entry, ...], directory: int) -> None:
    """Each entry must end before the next begins: overlapping ones unpack the same bytes again and again."""
    places = sorted((entry.offset, entry.offset + LOCAL.size + entry.packed) for entry in entries)
    for (_start, end), (following, _end) in zip(places, [*places[1:], (directory, directory)], strict=True):
        if end > following:
            raise BadArchive("overlapping entries")


def _check_sizes(entries: tuple[Entry, ...]) -> None:
    if sum(entry.unpacked for entry in entries) > LARGEST_UNPACKED:
        raise BadArchive("too large unpacked")
    if any(entry.unpacked > SMALL and entry.unpacked > HIGHEST_RATIO * max(entry.packed, 1) for entry in entries):
        raise BadArchive("packed too tightly")


def _check_names(entries: tuple[Entry, ...]) -> None:
    if len({entry.name for entry in entries}) < len(entries):
        raise BadArchive("two entries of one name")
    for entry in entries:
        parts = entry.name.replace("\\", "/").split("/")
        if ".." in parts or entry.name.startswith(("/", "\\")) or "\x00" in entry.name:
            raise BadArchive("entry outside the archive")
        if entry.name.lower().endswith(ARCHIVES):
            raise BadArchive("an archive inside")


def read_entry(read: ReadAt, entry: Entry, *, most: int) -> bytes:
    """Return at most so many bytes of an entry, unpacked."""
    header = read(entry.offset, LOCAL.size)
    if len(header) < LOCAL.size or not header.startswith(b"PK\x03\x04"):
        raise BadArchive("odd entry")
    named, extra = LOCAL.unpack(header)[9:11]
    packed = read(entry.offset + LOCAL.size + named + extra, min(entry.packed, most))
    if entry.method == STORED:
        return packed[:most]
    if entry.method != DEFLATED:
        raise BadArchive("odd packing")
    try:
        return zlib.decompressobj(-15).decompress(packed, most)
    except zlib.error as error:
        raise BadArchive("damaged entry") from error
