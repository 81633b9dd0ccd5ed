"""What a file is, by its bytes: made here, each with one thing wrong."""

from __future__ import annotations

import struct
import zipfile
from io import BytesIO

import pytest

from tests.procurement.applying import PDF, archive, docx
from workflow.contents.kinds import Content, look_at
from workflow.contents.pdf import PIECE

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504
RELATION = b'<Relationships><Relationship Id="r1" Type="http://x/%s" Target="http://elsewhere" TargetMode="External"/></Relationships>'


def looked_at(content: bytes) -> Content:
    return look_at(lambda start, length: content[start : start + length], size=len(content))


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (PDF, "pdf"),
        (b"\xef\xbb\xbf\n" + PDF, "pdf"),
        (docx(), "docx"),
        (archive(("[Content_Types].xml", b"x"), ("xl/workbook.xml", b"y")), "xlsx"),
        (archive(("mimetype", b"application/vnd.oasis.opendocument.text"), ("content.xml", b"y")), "odt"),
        (b"\xff\xd8\xff\xe0....", "jpg"),
        (b"\x89PNG\r\n\x1a\n....", "png"),
        (archive(("anything.txt", b"x")), "zip"),
        (b"<html>%PDF-1.4", ""),
        (b"MZ\x90", ""),
        (OLE, ""),
        (b"", ""),
    ],
)
def test_the_kind_comes_from_the_bytes(content: bytes, kind: str) -> None:
    assert looked_at(content).kind == kind


@pytest.mark.parametrize(
    "content",
    [
        PDF + b"trailer << /Encrypt 5 0 R >>",
        PDF + b" " * (PIECE - 90) + b"<< /Encrypt 12 0 R >>",
        OLE + "EncryptedPackage".encode("utf-16-le"),
        archive(
            ("mimetype", b"application/vnd.oasis.opendocument.text"),
            ("META-INF/manifest.xml", b"<manifest:encryption-data/>"),
        ),
    ],
)
def test_a_lock_is_seen(content: bytes) -> None:
    assert looked_at(content).locked


def test_words_about_a_lock_are_not_a_lock() -> None:
    assert not looked_at(PDF + b"(the /Encrypt entry of a trailer)").locked


@pytest.mark.parametrize(
    ("content", "findings"),
    [
        (PDF, ()),
        (PDF + b"<< /S /JavaScript /JS (app.alert) >>", ("javascript",)),
        (PDF + b"<< /S /J#61vaScript >>", ("javascript",)),
        (PDF + b"<< /S /Launch /F (cmd.exe) >> << /EmbeddedFiles 3 0 R >>", ("embedded_files", "launch")),
        (docx(("word/vbaProject.bin", b"x")), ("macros",)),
        (docx(("word/embeddings/sheet.xlsx", b"x")), ("embedded_files",)),
        (docx(("word/_rels/settings.xml.rels", RELATION % b"attachedTemplate")), ("external_relations",)),
        (docx(("word/_rels/document.xml.rels", RELATION % b"hyperlink")), ()),
    ],
)
def test_what_deserves_a_warning_is_found(content: bytes, findings: tuple[str, ...]) -> None:
    seen = looked_at(content)
    assert seen.findings == findings
    assert not seen.damage


def _bomb() -> bytes:
    return docx(("word/media/image.bin", b"\0" * 20_000_000))


def _overlapping() -> bytes:
    """Two entries of the directory that point at the same bytes."""
    whole = bytearray(docx())
    first = whole.find(b"PK\x01\x02")
    second = whole.find(b"PK\x01\x02", first + 4)
    whole[second + 42 : second + 46] = whole[first + 42 : first + 46]
    return bytes(whole)


def _many() -> bytes:
    return docx(*[(f"word/{number}.xml", b"") for number in range(1001)])


def _lying() -> bytes:
    """An end record whose directory lies beyond the file."""
    whole = bytearray(docx())
    end = whole.rfind(b"PK\x05\x06")
    whole[end + 16 : end + 20] = struct.pack("<L", 0x7FFFFFFF)
    return bytes(whole)


@pytest.mark.parametrize(
    ("content", "damage"),
    [
        (_bomb(), "packed too tightly"),
        (_overlapping(), "overlapping entries"),
        (_many(), "too many entries"),
        (_lying(), "odd directory"),
        (docx(("word/inner.zip", b"PK")), "an archive inside"),
        (docx(("../outside.xml", b"x")), "entry outside the archive"),
        (docx()[:-10], "no directory"),
        (b"PK\x03\x04 and nothing more", "no directory"),
    ],
)
def test_an_archive_that_nobody_sends_in_good_faith_is_refused(content: bytes, damage: str) -> None:
    assert looked_at(content).damage == damage


def test_a_directory_that_names_an_entry_twice_is_refused() -> None:
    held = BytesIO()
    with zipfile.ZipFile(held, "w") as packed:
        packed.writestr("word/document.xml", b"one")
        with pytest.warns(UserWarning, match="Duplicate name"):
            packed.writestr("word/document.xml", b"two")
    assert looked_at(held.getvalue()).damage == "two entries of one name"


def test_memory_is_bounded() -> None:
    """However large the file, it is asked for in pieces."""
    asked: list[int] = []
    size = 50 * PIECE

    def read(start: int, length: int) -> bytes:
        asked.append(length)
        return (b"%PDF-1.4" if start == 0 else b"").ljust(min(length, size - start), b"\0")

    assert look_at(read, size=size).kind == "pdf"
    assert max(asked) < 2 * PIECE
