"""The directory of a ZIP file, read by ourselves and bounded: nothing is unpacked to find out what it holds. Pure.

Bounds: 1,000 entries, a directory of 1 MiB, 2 GB unpacked, 100 times the packed size above 1 MiB. Whatever two programs could
read in two ways is refused: bytes before the archive, a second directory, a name said twice, a header that says something else.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from workflow.contents.zip_bounds import check_names, check_places, check_sizes
from workflow.contents.zip_entry import ENTRY, LOCAL, BadArchive, Entry

ReadAt = Callable[[int, int], bytes]  # (start, length) -> those bytes, fewer at the end of the file

END: Final = struct.Struct("<4s4H2LH")
MOST_ENTRIES: Final = 1000
LARGEST_DIRECTORY: Final = 1024 * 1024
STORED, DEFLATED = 0, 8
STREAMED: Final = 0x8  # sizes follow the bytes, as programs write that do not know them before
UNKNOWN: Final = (0, 0xFFFFFFFF)
PEEK: Final = 512
PIECE: Final = 64 * 1024
NESTED: Final = (b"PK\x03\x04", b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b\x08", b"BZh", b"\xfd7zXZ")
MAY_NEST: Final = ("/embeddings/", "object ")  # where office programs keep documents inside documents


def entries_of(read: ReadAt, *, size: int) -> tuple[Entry, ...]:
    """Return the entries of an archive; refuse one that is damaged, ambiguous, overlapping, nested or a bomb."""
    count, length, start = _end_record(read, size)
    if count > MOST_ENTRIES or length > LARGEST_DIRECTORY:
        raise BadArchive("too many entries")
    entries = tuple(_directory(read(start, length), count))
    check_sizes(entries)
    check_names(entries)
    check_places(entries, start)
    placed = {entry.offset: _placed(read, entry) for entry in sorted(entries, key=lambda one: one.offset)}
    found = tuple(placed[entry.offset] for entry in entries)
    check_places(found, start)
    return found


def _end_record(read: ReadAt, size: int) -> tuple[int, int, int]:
    """Return count, length and start of the directory; it must end where its end record begins, and that at the end."""
    tail_start = max(0, size - END.size - 0xFFFF)
    tail = read(tail_start, size - tail_start)
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) - at < END.size:
        raise BadArchive("no directory")
    _sign, disk, first, here, count, length, start, comment = END.unpack_from(tail, at)
    if disk or first or here != count or start + length != tail_start + at:
        raise BadArchive("odd directory")
    if at + END.size + comment != len(tail):
        raise BadArchive("something after the archive")
    return count, length, start


def _directory(directory: bytes, count: int) -> list[Entry]:
    entries, at = [], 0
    for _ in range(count):
        if len(directory) - at < ENTRY.size:
            raise BadArchive("short directory")
        entry, length = Entry.unpacked_from(directory, at)
        entries.append(entry)
        at += length
    if at != len(directory):
        raise BadArchive("odd directory")
    return entries


def _placed(read: ReadAt, entry: Entry) -> Entry:
    """Read what stands before the bytes of an entry: it must say the same as the directory."""
    header = read(entry.offset, PEEK)
    if len(header) < LOCAL.size or not header.startswith(b"PK\x03\x04"):
        raise BadArchive("odd entry")
    _sign, _version, flags, method, _time, _date, _crc, packed, unpacked, named, extra = LOCAL.unpack_from(header)
    body = entry.offset + LOCAL.size + named + extra
    name = (
        header[LOCAL.size : LOCAL.size + named]
        if named <= PEEK - LOCAL.size
        else read(entry.offset + LOCAL.size, named)
    )
    sizes = ((packed, entry.packed), (unpacked, entry.unpacked))
    unsaid = flags & STREAMED
    agreed = all(here == said or (unsaid and here in UNKNOWN) for here, said in sizes)
    if (name, method) != (entry.raw, entry.method) or (flags ^ entry.flags) & 1 or not agreed:
        raise BadArchive("two headers that disagree")
    placed = replace(entry, body=body)
    head = b"" if entry.encrypted or not entry.packed else _head(read, placed)
    if head.startswith(NESTED) and not any(place in entry.name.lower() for place in MAY_NEST):
        raise BadArchive("an archive inside")
    return replace(placed, head=head)


def _head(read: ReadAt, entry: Entry) -> bytes:
    """Return the first bytes of an entry, as far as they come from a few packed ones."""
    packed = read(entry.body, min(entry.packed, 96))
    if entry.method == STORED:
        return packed[:16]
    try:
        return zlib.decompressobj(-15).decompress(packed, 16)
    except zlib.error as error:
        raise BadArchive("damaged entry") from error


def read_entry(read: ReadAt, entry: Entry, *, most: int) -> bytes:
    """Return at most so many bytes of an entry, unpacked; refuse one that holds more than its directory says."""
    if entry.method == STORED:
        return read(entry.body, min(entry.packed, most))
    packer, found = zlib.decompressobj(-15), bytearray()
    for start in range(0, entry.packed, PIECE):
        packed = read(entry.body + start, min(PIECE, entry.packed - start))
        try:
            found += packer.decompress(packed, most + 1 - len(found))
        except zlib.error as error:
            raise BadArchive("damaged entry") from error
        if len(found) > entry.unpacked:
            raise BadArchive("a size that lies")
        if len(found) > most or packer.eof:
            break
    return bytes(found[:most])
