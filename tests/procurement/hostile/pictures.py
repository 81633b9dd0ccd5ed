"""Pictures that are drawings with scripts, far too large, something else, or nothing."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

from tests.procurement.hostile.shapes import Shape

DRAWN = {
    "script": "<script>alert(1)</script>", "loading": '<g onload="alert(1)"/>', "foreign": "<foreignObject><iframe src='x'/></foreignObject>",
    "use": '<use href="http://evil/x.svg#a"/>', "image": '<image href="file:///etc/passwd"/>', "animation": '<set attributeName="onclick" to="x"/>',
    "style": "<style>@import 'http://evil';</style>",
}  # fmt: skip
HEADS = {"": "", "declared": "<?xml version='1.0'?>", "typed": '<!DOCTYPE svg [<!ENTITY a "x">]>'}
OTHERS = {
    "gif": b"GIF89a\x01\0\x01\0", "bmp": b"BM" + bytes(60), "tiff": b"II*\0" + bytes(60), "webp": b"RIFF\x10\0\0\0WEBPVP8 ", "ico": b"\0\0\x01\0\x01\0",
    "wmf": b"\xd7\xcd\xc6\x9a" + bytes(40), "emf": b"\x01\0\0\0" + bytes(40), "psd": b"8BPS\0\x01", "eps": b"%!PS-Adobe-3.0 EPSF", "heic": b"\0\0\0\x18ftypheic",
}  # fmt: skip
HUGE = ((65535, 65535), (2**31 - 1, 2**31 - 1), (2**31 - 1, 1), (20000, 20000))


def png(width: int, height: int, *chunks: tuple[bytes, bytes]) -> bytes:
    """Return a PNG that says this size, with more chunks."""
    first = (b"IHDR", struct.pack(">2L5B", width, height, 8, 2, 0, 0, 0))
    made = [
        struct.pack(">L", len(body)) + kind + body + struct.pack(">L", zlib.crc32(kind + body))
        for kind, body in (first, *chunks)
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(made)


def jpeg(width: int, height: int, *, remark: bytes = b"", before: int = 0) -> bytes:
    """Return the beginning of a JPEG that says this size, after so many segments."""
    said = b"\xff\xfe" + struct.pack(">H", len(remark) + 2) + remark if remark else b""
    filler = (b"\xff\xe1" + struct.pack(">H", 40) + bytes(38)) * before
    frame = b"\xff\xc2" + struct.pack(">HB2H", 17, 8, height, width) + bytes(10)
    return b"\xff\xd8" + said + filler + frame + b"\xff\xda\0\x02\xff\xd9"


def shapes() -> Iterator[Shape]:
    """Return the family."""
    for title, inside in DRAWN.items():
        for head, before in HEADS.items():
            drawing = f'{before}<svg xmlns="http://www.w3.org/2000/svg">{inside}</svg>'.encode()
            yield Shape(f"drawing, {title} {head}", "x.svg", drawing, "FIL-05")
        yield Shape(f"drawing called a picture, {title}", "x.png", f"<svg>{inside}</svg>".encode(), "FIL-05")
    for title, content in OTHERS.items():
        yield Shape(f"a {title}", f"x.{title}", content, "FIL-05")
        yield Shape(f"a {title} called a jpg", "x.jpg", content, "FIL-05")
    for width, height in HUGE:
        yield Shape(f"png of {width} by {height}", "x.png", png(width, height), "FIL-04")
    for width, height, before in ((65535, 65535, 0), (65500, 65500, 3), (40000, 30000, 400)):
        yield Shape(f"jpg of {width} by {height}", "x.jpg", jpeg(width, height, before=before), "FIL-04")
    for title, text in {
        "script": b"<script>alert(1)</script>",
        "page": b"<!DOCTYPE html><html>",
        "drawing": b"<svg onload=x>",
        "php": b"<?php system($_GET[0]);",
    }.items():
        yield Shape(f"jpg with a {title} in a remark", "x.jpg", jpeg(9, 9, remark=text), "two_kinds")
        yield Shape(f"png with a {title} in a text", "x.png", png(9, 9, (b"tEXt", b"Comment\0" + text)), "two_kinds")
    yield Shape("a png called a pdf", "x.pdf", png(9, 9), "FIL-06")
    yield Shape("an empty picture", "x.png", b"", "FIL-01")
