"""One entry of a ZIP file as its directory describes it. Pure."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import Final

ENTRY: Final = struct.Struct("<4s6H3L5H2L")
LOCAL: Final = struct.Struct("<4s5H3L2H")
LOCKED: Final = 0x1 | 0x40 | 0x2000  # encrypted, strongly so, and a directory whose values are masked
WITH_A_PASSWORD: Final = 99  # the method that stands for another one under AES
IN_UTF_8: Final = 0x800


class BadArchive(ValueError):
    """The archive is damaged, or says something that nobody would send in good faith; the message is a code."""


@dataclass(frozen=True)
class Entry:
    """One file of an archive. Sizes and offsets are in bytes; `body` and `head` are known once its own header was read."""

    name: str
    raw: bytes
    offset: int
    packed: int
    unpacked: int
    method: int
    flags: int
    mode: int
    extra: bytes
    body: int = 0
    head: bytes = b""

    @property
    def encrypted(self) -> bool:
        """Tell whether a password is needed to read it."""
        return bool(self.flags & LOCKED) or self.method == WITH_A_PASSWORD

    @property
    def streamed(self) -> bool:
        """Tell whether its sizes stand after its bytes."""
        return bool(self.flags & 0x8)

    @classmethod
    def unpacked_from(cls, directory: bytes, at: int) -> tuple[Entry, int]:
        """Return the entry at this place of a directory and the bytes that its description takes."""
        said = ENTRY.unpack_from(directory, at)
        if said[0] != b"PK\x01\x02":
            raise BadArchive("odd entry")
        named, more, comment = said[10:13]
        raw = directory[at + ENTRY.size : at + ENTRY.size + named]
        extra = directory[at + ENTRY.size + named : at + ENTRY.size + named + more]
        name = raw.decode("utf-8" if said[3] & IN_UTF_8 else "cp437", "replace")
        entry = cls(
            name=name, raw=raw, offset=said[16], packed=said[8], unpacked=said[9], method=said[4], flags=said[3],
            mode=said[15] >> 16, extra=extra,
        )  # fmt: skip
        return entry, ENTRY.size + named + more + comment
