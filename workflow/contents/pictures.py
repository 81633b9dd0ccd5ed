"""Pictures: how large they are, by their own headers; they are never decoded. Pure."""

from __future__ import annotations

import struct
from typing import Final

from workflow.contents.zips import ReadAt

MOST_PIXELS: Final = 250_000_000  # an A3 page at 1,200 dots an inch; a viewer needs a gigabyte for it
MOST_SEGMENTS: Final = 500
FRAMES: Final = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
BARE: Final = frozenset({0x01, *range(0xD0, 0xD9)})


def pixels_of(read: ReadAt, *, kind: str, size: int) -> int:
    """Return how many pixels a JPEG or PNG says it has; 0 when its header does not say it."""
    return _of_png(read(0, 33)) if kind == "png" else _of_jpeg(read, size)


def _of_png(head: bytes) -> int:
    if len(head) < 24 or head[12:16] != b"IHDR":
        return 0
    width, height = struct.unpack_from(">2L", head, 16)
    return int(width * height)


def _of_jpeg(read: ReadAt, size: int) -> int:
    """Walk the segments until the frame, some hundreds at most."""
    at, most = 2, 0
    for _ in range(MOST_SEGMENTS):
        head = read(at, min(10, max(0, size - at)))
        if len(head) < 4 or head[0] != 0xFF or head[1] in (0xD9, 0xDA):
            break
        if head[1] == 0xFF:
            at += 1
        elif head[1] in BARE:
            at += 2
        else:
            if head[1] in FRAMES and len(head) >= 9:
                height, width = struct.unpack_from(">2H", head, 5)
                most = max(most, width * height)
            at += 2 + int.from_bytes(head[2:4], "big")
    return most
