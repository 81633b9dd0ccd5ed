"""The text of a Word document: headings, paragraphs, lists, tables; nothing of it is run, nothing unpacked without end."""

from __future__ import annotations

from io import BytesIO

import pytest
from docx import Document

from procurement.queries import word_text as reading
from procurement.queries.word_text import Block, Text, Unreadable, word_text
from tests.procurement.applying import archive

HEAD = '<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'


def text_of(content: bytes) -> Text:
    return word_text(lambda start, length: content[start : start + length], size=len(content))


def written() -> bytes:
    document = Document()
    document.add_heading("Méthode", level=1)
    document.add_heading("Sources", level=2)
    document.add_paragraph("Trois sources croisées.")
    document.add_paragraph("")
    document.add_paragraph("les statistiques", style="List Bullet")
    table = document.add_table(rows=2, cols=2)
    for row, cells in zip(table.rows, (("Groupe", "Entretiens"), ("Services", "6")), strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    held = BytesIO()
    document.save(held)
    return held.getvalue()


def raw(body: str) -> bytes:
    return archive(("[Content_Types].xml", b"<Types/>"), ("word/document.xml", f"{HEAD}{body}</w:document>".encode()))


def test_what_a_document_says_in_its_order() -> None:
    assert text_of(written()).blocks == (
        Block("heading", "Méthode", level=1),
        Block("heading", "Sources", level=2),
        Block("paragraph", "Trois sources croisées."),
        Block("item", "les statistiques"),
        Block("table", rows=(("Groupe", "Entretiens"), ("Services", "6"))),
    )


def test_deleted_words_are_not_read_and_links_are() -> None:
    body = (
        "<w:body><w:p><w:r><w:t>Kept </w:t></w:r><w:del><w:r><w:delText>gone</w:delText></w:r></w:del>"
        "<w:hyperlink><w:r><w:t>here</w:t></w:r></w:hyperlink></w:p></w:body>"
    )

    assert text_of(raw(body)).blocks == (Block("paragraph", "Kept here"),)


def test_markup_is_text_like_any_other() -> None:
    body = "<w:body><w:p><w:r><w:t>&lt;script&gt;alert(1)&lt;/script&gt;</w:t></w:r></w:p></w:body>"

    assert text_of(raw(body)).blocks[0].text == "<script>alert(1)</script>"


def test_entities_are_not_unfolded() -> None:
    bomb = (
        '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        "<w:body><w:p><w:r><w:t>x&b;y</w:t></w:r></w:p></w:body></w:document>"
    )
    content = archive(("[Content_Types].xml", b"<Types/>"), ("word/document.xml", bomb.encode()))

    assert "aaaa" not in str(text_of(content))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK\x03\x04 not really",
        archive(("[Content_Types].xml", b"<Types/>")),
        archive(("word/document.xml", b"<w:document")),
        raw(""),
    ],
)
def test_what_cannot_be_read_is_refused(content: bytes) -> None:
    with pytest.raises(Unreadable):
        text_of(content)


def test_a_text_that_unpacks_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "LARGEST_PART", 200)

    with pytest.raises(Unreadable):
        text_of(raw("<w:body><w:p><w:r><w:t>" + "a" * 300 + "</w:t></w:r></w:p></w:body>"))


def test_a_long_document_is_given_in_part(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_BLOCKS", 3)

    text = text_of(written())

    assert (len(text.blocks), text.whole) == (3, False)
