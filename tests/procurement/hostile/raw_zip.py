"""ZIP files written byte by byte, so that each of their statements can be a lie."""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Part:
    """One entry. What is None says the truth; `body` is what stands in the file in place of the packed content."""

    name: bytes
    content: bytes = b""
    method: int = 8
    flags: int = 0
    mode: int = 0
    extra: bytes = b""
    before: bytes = b""  # bytes that belong to nobody, before its header
    body: bytes | None = None
    local: dict[str, Any] = field(default_factory=dict)  # lies of its own header: name, method, flags, packed, unpacked
    said: dict[str, Any] = field(default_factory=dict)  # lies of the directory: offset, packed, unpacked, flags, method


def deflated(content: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(content) + packer.flush()


def header(part: Part, packed: bytes) -> bytes:
    lie = part.local
    name = lie.get("name", part.name)
    return (
        struct.pack(
            "<4s5H3L2H", b"PK\x03\x04", 20, lie.get("flags", part.flags), lie.get("method", part.method), 0, 0x21,
            zlib.crc32(part.content), lie.get("packed", len(packed)), lie.get("unpacked", len(part.content)), len(name), 0,
        )
        + name
    )  # fmt: skip


def described(part: Part, packed: bytes, offset: int) -> bytes:
    lie = part.said
    return (
        struct.pack(
            "<4s6H3L5H2L", b"PK\x01\x02", 0x314, 20, lie.get("flags", part.flags), lie.get("method", part.method), 0, 0x21,
            zlib.crc32(part.content), lie.get("packed", len(packed)), lie.get("unpacked", len(part.content)),
            len(part.name), len(part.extra), 0, 0, 0, part.mode << 16, lie.get("offset", offset),
        )
        + part.name
        + part.extra
    )  # fmt: skip


def archive(*parts: Part, **end: Any) -> bytes:
    """Return the file. `end` lies about the directory: count, here, disk, length, start, comment, note; `between`, `after`."""
    whole, directory = bytearray(), bytearray()
    for part in parts:
        packed = part.body if part.body is not None else deflated(part.content) if part.method == 8 else part.content
        whole += part.before
        directory += described(part, packed, len(whole))
        whole += header(part, packed) + packed
    whole += end.get("between", b"")
    note = end.get("note", b"")
    record = struct.pack(
        "<4s4H2LH", b"PK\x05\x06", end.get("disk", 0), 0, end.get("here", end.get("count", len(parts))),
        end.get("count", len(parts)), end.get("length", len(directory)), end.get("start", len(whole)),
        end.get("comment", len(note)),
    )  # fmt: skip
    return bytes(whole + directory + record + note + end.get("after", b""))


def word(*more: Part, **end: Any) -> bytes:
    """Return a Word file with these parts besides its own."""
    return archive(*WORD, *more, **end)


WORD = (Part(b"[Content_Types].xml", b"<Types/>"), Part(b"word/document.xml", b"<w:document/>"))


def packed(*entries: tuple[str, bytes]) -> bytes:
    """Return a good archive of these entries, the same bytes in every run."""
    return archive(*(Part(name.encode(), content) for name, content in entries))
