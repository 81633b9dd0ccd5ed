"""Sixty and more archives that nobody sends in good faith, each a Word file with one thing wrong."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from tests.procurement.hostile.raw_zip import WORD, Part, archive, deflated, word
from tests.procurement.hostile.shapes import Shape

NAMES = {
    "up": b"../evil.xml", "up with backslash": b"..\\evil.xml", "up in the middle": b"word/../../evil.xml",
    "up at the end": b"word/..", "absolute": b"/etc/passwd", "absolute with backslash": b"\\Windows\\x", "drive": b"C:\\x.xml",
    "drive and slash": b"c:/x.xml", "network": b"\\\\server\\share\\x", "nul": b"word/a\0.xml", "line": b"word/a\r\nb.xml",
    "escape": b"word/\x1b[2J.xml", "nothing": b"",
}  # fmt: skip
TWINS = {
    "same": (b"word/x.xml", b"word/x.xml"), "case": (b"word/X.xml", b"word/x.XML"), "main part": (b"Word/Document.xml", b"word/x.xml"),
    "accents": ("word/é.xml".encode(), "word/e\u0301.xml".encode()), "the types": (b"[content_types].XML", b"word/x.xml"),
}  # fmt: skip
INNER = {
    "zip": b"PK\x03\x04",
    "rar": b"Rar!\x1a\x07\x00",
    "7z": b"7z\xbc\xaf\x27\x1c",
    "gzip": b"\x1f\x8b\x08",
    "bzip": b"BZh9",
    "xz": b"\xfd7zXZ\0",
}
MODES = {"link": 0o120777, "pipe": 0o010644, "device": 0o060644, "terminal": 0o020644, "socket": 0o140644}


def shapes() -> Iterator[Shape]:
    """Return the family."""
    for title, content in _archives():
        yield Shape(title, "x.docx", content, "FIL-04")
    for title, part in _locked():
        yield Shape(title, "x.docx", word(part), "FIL-03")


def _archives() -> Iterator[tuple[str, bytes]]:
    yield from _bombs()
    yield from _counts()
    for title, name in NAMES.items():
        yield f"name: {title}", word(Part(name, b"x"))
    for title, names in TWINS.items():
        utf_8 = 0x800
        yield f"twins: {title}", word(*(Part(name, b"x", flags=utf_8) for name in names))
    for ending in ("zip", "jar", "7z", "tar.gz", "ISO"):
        yield f"nested: {ending}", word(Part(f"word/media/x.{ending}".encode(), b"x"))
    for title, head in INNER.items():
        yield f"nested without saying so: {title}", word(Part(b"word/media/image1.png", head + b"x" * 40))
    for title, mode in MODES.items():
        yield f"entry is a {title}", word(Part(b"word/x", b"/etc/passwd", mode=mode))
    yield from _two_readings()
    yield from _damaged()


def _bombs() -> Iterator[tuple[str, bytes]]:
    for megabytes in (2, 20, 60):
        yield f"bomb: {megabytes} MB of nothing", word(Part(b"word/media/x.bin", bytes(megabytes * 1024 * 1024)))
    small = deflated(bytes(900_000))
    thin = [
        Part(b"word/media/%d.bin" % n, body=small, said={"unpacked": 900_000}, local={"unpacked": 900_000})
        for n in range(300)
    ]
    yield "bomb: of small entries", word(*thin)
    huge = {"unpacked": 0x7FFFFFFF, "packed": 30_000_000}
    yield (
        "bomb: more than two gigabytes",
        word(*(Part(b"word/%d.bin" % n, b"x", said=huge, local=huge) for n in range(2))),
    )
    yield (
        "bomb: a size that lies low",
        archive(
            WORD[0], Part(WORD[1].name, body=deflated(bytes(9_000_000)), said={"unpacked": 90}, local={"unpacked": 90})
        ),
    )
    kernel = deflated(bytes(900_000))
    for many in (2, 10, 100, 900):
        first = Part(b"word/k.bin", body=kernel, said={"unpacked": 900_000}, local={"unpacked": 900_000})
        start = len(archive(*WORD)) and sum(30 + len(p.name) + len(deflated(p.content)) for p in WORD)
        lies = {"offset": start, "packed": len(kernel), "unpacked": 900_000}
        again = [Part(b"word/%d.bin" % n, body=b"", said=lies, local={"packed": 0}) for n in range(many)]
        yield f"bomb: the same bytes {many} times", word(first, *again)
    yield (
        "overlap by one byte",
        word(Part(b"word/a.xml", b"aaaa", method=0, said={"packed": 5, "unpacked": 5}), Part(b"word/b.xml", b"b")),
    )


def _counts() -> Iterator[tuple[str, bytes]]:
    yield "1,001 entries", word(*(Part(b"word/%d.xml" % n, method=0) for n in range(999)))
    yield "9,000 entries", word(*(Part(b"%d" % n, method=0) for n in range(9000)))
    yield "65,535 entries said", word(count=0xFFFF)
    yield "one entry more than there is", word(count=3)
    yield "one entry fewer than there are", word(count=1)
    yield "counts that disagree", word(here=1)
    yield "another disk", word(disk=1)
    yield "a directory beyond the end", word(start=0x7FFFFFFF)
    yield "a directory elsewhere", word(start=0)
    yield "a directory longer than it is", word(length=9999)
    yield "a directory for another kind of archive", word(start=0xFFFFFFFF, length=0xFFFFFFFF, count=0xFFFF)


def _two_readings() -> Iterator[tuple[str, bytes]]:
    for title, lie in {
        "name": {"name": b"word/y.xml"}, "packing": {"method": 0}, "packed size": {"packed": 3}, "size": {"unpacked": 3}, "lock": {"flags": 1},
    }.items():  # fmt: skip
        yield f"two headers: {title}", word(Part(b"word/x.xml", b"text", local=lie))
    other = b"word/y.xml"
    extra = struct.pack("<HHBL", 0x7075, 5 + len(other), 1, 0) + other
    yield "another name beside the name", word(Part(b"word/x.xml", b"x", extra=extra))
    yield "sizes for another kind of archive", word(Part(b"word/x.xml", b"x", said={"packed": 0xFFFFFFFF}))
    yield "a place for another kind of archive", word(Part(b"word/x.xml", b"x", said={"offset": 0xFFFFFFFF}))
    hidden = archive(Part(b"word/document.xml", b"<other/>"))
    cut = hidden[: hidden.find(b"PK\x01\x02")]
    yield "an entry before the first", archive(Part(WORD[0].name, WORD[0].content, before=cut), WORD[1])
    yield "an entry between two", archive(WORD[0], Part(WORD[1].name, WORD[1].content, before=cut))
    yield "an entry after the last", word(between=cut)
    yield "bytes between two", archive(WORD[0], Part(WORD[1].name, WORD[1].content, before=b"#" * 40))
    yield "bytes after the end", word(after=b"<script>alert(1)</script>")
    yield "a second archive after the first", word() + word()
    yield "a second end in the remark", word(note=archive(*WORD)[-22:])
    yield "a remark longer than it is", word(note=b"x", comment=900)


def _damaged() -> Iterator[tuple[str, bytes]]:
    for method in (1, 6, 9, 12, 14, 95, 98):
        yield f"packing {method}", word(Part(b"word/x.xml", b"x", method=method))
    yield (
        "stored, with two sizes",
        word(Part(b"word/x.xml", b"xxxx", method=0, said={"unpacked": 9}, local={"unpacked": 9})),
    )
    yield "no real packing", word(Part(b"word/x.xml", body=b"\xff" * 90, said={"unpacked": 90}, local={"unpacked": 90}))
    yield "cut at the end", word()[:-9]
    yield "cut in the middle", word()[:70]
    yield "only a beginning", b"PK\x03\x04" + b"\0" * 900
    whole = bytearray(word())
    whole[0:4], whole[whole.rfind(b"PK\x03\x04") + 2] = b"PK\x03\x04", 0x07
    yield "a header that is none", bytes(whole)


def _locked() -> Iterator[tuple[str, Part]]:
    for title, flags, method in (("password", 1, 8), ("strong", 0x41, 8), ("masked", 0x2001, 8), ("aes", 1, 99)):
        yield f"locked: {title}", Part(b"word/x.xml", b"x" * 20, flags=flags, method=method)
