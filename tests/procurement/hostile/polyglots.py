"""Files that are two things at once: one program sees a document, another sees a page, an archive or a program."""

from __future__ import annotations

from collections.abc import Iterator

from tests.procurement.hostile.pdfs import ACTS, pdf
from tests.procurement.hostile.pictures import jpeg, png
from tests.procurement.hostile.raw_zip import WORD, Part, packed, word
from tests.procurement.hostile.raw_zip import archive as raw
from tests.procurement.hostile.shapes import Shape

PAGE = b"<!doctype html><html><script>alert(1)</script></html>"
DOCUMENT = pdf(ACTS["script"][1])
FRONTS = {
    "gif": b"GIF89a/*\x01\0*/=1;", "bmp": b"BM/*" + bytes(40), "page": PAGE, "drawing": b"<svg xmlns='x'><script>x</script></svg>", "windows": b"MZ\x90\0" + bytes(60),
    "linux": b"\x7fELF\x02\x01" + bytes(60), "rtf": b"{\\rtf1\\object\\objdata 0}", "xml": b"<?xml version='1.0'?><x/>", "sound": b"ID3\x03" + bytes(40),
    "script": b"/*<!--*/alert(1)/*-->*/", "php": b"<?php system($_GET['c']);__halt_compiler();?>", "shell": b"#!/bin/sh\nexit\n", "mail": b"MIME-Version: 1.0\r\n\r\n",
    "tape": b"x" * 257 + b"ustar\0" + bytes(200), "rar": b"Rar!\x1a\x07\0", "7z": b"7z\xbc\xaf\x27\x1c", "link": b"[InternetShortcut]\r\nURL=file:///c:/x\r\n",
    "disk": b"\xeb\x3c\x90MSDOS5.0", "java": b"\xca\xfe\xba\xbe\0\0", "postscript": b"%!PS\n", "batch": b"@echo off\r\n", "table": b"=cmd|'/c calc'!A1,x\n",
}  # fmt: skip
BACKS = {"pdf": DOCUMENT, "zip": packed(("a.txt", b"x")), "page": PAGE}


def shapes() -> Iterator[Shape]:
    """Return the family."""
    for front, head in FRONTS.items():
        for back, tail in BACKS.items():
            yield Shape(f"{front} then {back}", "x.pdf" if back == "pdf" else "x.docx", head + tail, "FIL-05")
    yield from _pictures()
    yield from _documents()


def _pictures() -> Iterator[Shape]:
    for title, content in {"jpg": jpeg(9, 9), "png": png(9, 9)}.items():
        yield Shape(f"{title} then pdf", f"x.{title}", content + DOCUMENT, "two_kinds")
        yield Shape(f"{title} then zip", f"x.{title}", content + packed(("a.txt", b"x")), "two_kinds")
        yield Shape(
            f"{title} then a far zip",
            f"x.{title}",
            content + bytes(3_000_000) + packed(("a.class", b"x")),
            "two_kinds",
        )
        yield Shape(f"{title} then page", f"x.{title}", content + PAGE, "two_kinds")
        yield Shape(f"{title} with a script of the pdf in it", f"x.{title}", content + DOCUMENT, "javascript")
        yield Shape(
            f"{title} with a lock of the pdf in it", f"x.{title}", content + pdf(b"<< /Encrypt 9 0 R >>"), "FIL-03"
        )


def _documents() -> Iterator[Shape]:
    yield Shape("pdf then zip", "x.pdf", DOCUMENT + packed(("a.txt", b"x")), "two_kinds")
    yield Shape("pdf then word", "x.pdf", DOCUMENT + word(), "two_kinds")
    yield Shape("pdf with a page at its head", "x.pdf", b"%PDF-1.4\n%" + PAGE + b"\n" + DOCUMENT, "two_kinds")
    yield Shape("pdf with an archive at its head", "x.pdf", b"%PDF-1.4\n%PK\x03\x04\n" + DOCUMENT, "two_kinds")
    yield Shape(
        "pdf after blanks, with a page", "x.pdf", b"\n\n %PDF-1.4\n<script>1</script>\n" + DOCUMENT, "two_kinds"
    )
    yield Shape("word then page", "x.docx", word() + PAGE, "FIL-04")
    yield Shape("word then pdf", "x.docx", word() + DOCUMENT, "FIL-04")
    yield Shape("word with a pdf at its head", "x.docx", _stored(("a.pdf", DOCUMENT)), "two_kinds")
    yield Shape("word with a script of that pdf", "x.docx", _stored(("a.pdf", DOCUMENT)), "javascript")
    yield Shape("word with a page at its head", "x.docx", _stored(("a.html", PAGE)), "two_kinds")


def _stored(first: tuple[str, bytes]) -> bytes:
    return raw(Part(first[0].encode(), first[1], method=0), *WORD)
