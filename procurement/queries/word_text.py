"""What a Word document says, as headings, paragraphs and tables: read, never run. Pure; bounded by the sizes given."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from docx.oxml import parse_xml
from docx.oxml.ns import qn

from workflow.contents.zip_entry import BadArchive, Entry
from workflow.contents.zips import ReadAt, entries_of, read_entry

LARGEST_PART: Final = 16 * 1024 * 1024  # bytes of the text itself, once unpacked
MOST_BLOCKS: Final = 3000
HEADING: Final = re.compile(r"(?:heading|titre|title|t[íi]tulo)\s*(\d)?", re.IGNORECASE)
LIST_STYLE: Final = re.compile(r"list", re.IGNORECASE)


class Unreadable(ValueError):
    """The file does not hold a text that can be shown."""


@dataclass(frozen=True)
class Block:
    """One piece of the text; `kind` is heading, paragraph, item or table. `level` of a heading from 1."""

    kind: str
    text: str = ""
    level: int = 0
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Text:
    """The text of a document; `whole` is false where it was too long to be given entirely."""

    blocks: tuple[Block, ...]
    whole: bool = True


def word_text(read: ReadAt, *, size: int) -> Text:
    """Return the text of a .docx; refuses a damaged archive and a text larger than 16 MiB."""
    try:
        entries = {entry.name: entry for entry in entries_of(read, size=size)}
        body = _xml(read, entries, "word/document.xml").find(qn("w:body"))
        styles = _style_names(read, entries)
    except (BadArchive, KeyError, ValueError, SyntaxError) as error:
        raise Unreadable(str(error)) from error
    if body is None:
        raise Unreadable("no body")
    blocks: list[Block] = []
    for block in _blocks(body, styles):
        if len(blocks) == MOST_BLOCKS:
            return Text(tuple(blocks), whole=False)
        blocks.append(block)
    return Text(tuple(blocks))


def _xml(read: ReadAt, entries: dict[str, Entry], name: str) -> Any:
    entry = entries[name]
    if entry.unpacked > LARGEST_PART:
        raise BadArchive("too large to show")
    return parse_xml(read_entry(read, entry, most=LARGEST_PART))


def _style_names(read: ReadAt, entries: dict[str, Entry]) -> dict[str, str]:
    if "word/styles.xml" not in entries:
        return {}
    found = {}
    for style in _xml(read, entries, "word/styles.xml").iter(qn("w:style")):
        name = style.find(qn("w:name"))
        if name is not None:
            found[style.get(qn("w:styleId"), "")] = name.get(qn("w:val"), "")
    return found


def _blocks(body: Any, styles: dict[str, str]) -> Iterator[Block]:
    for element in body:
        if element.tag == qn("w:p"):
            yield from _paragraph(element, styles)
        elif element.tag == qn("w:tbl"):
            rows = tuple(_cells(row) for row in element.findall(qn("w:tr")))
            if any(any(row) for row in rows):
                yield Block("table", rows=rows)
        elif element.tag == qn("w:sdt"):  # a content control wraps what it holds
            content = element.find(qn("w:sdtContent"))
            if content is not None:
                yield from _blocks(content, styles)


def _paragraph(element: Any, styles: dict[str, str]) -> Iterator[Block]:
    text = _text(element)
    if not text:
        return
    properties = element.find(qn("w:pPr"))
    style = properties.find(qn("w:pStyle")) if properties is not None else None
    name = styles.get(style.get(qn("w:val"), ""), "") if style is not None else ""
    heading = HEADING.match(name)
    if heading:
        yield Block("heading", text, level=int(heading[1] or 1))
    elif LIST_STYLE.search(name) or (properties is not None and properties.find(qn("w:numPr")) is not None):
        yield Block("item", text)
    else:
        yield Block("paragraph", text)


def _cells(row: Any) -> tuple[str, ...]:
    return tuple(
        "\n".join(filter(None, (_text(paragraph) for paragraph in cell.iter(qn("w:p")))))
        for cell in row.findall(qn("w:tc"))
    )


TEXTS: Final = {qn("w:t"): None, qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "‑"}


def _text(paragraph: Any) -> str:
    """Return the words of a paragraph as they stand: deleted text of tracked changes is not in w:t."""
    pieces = (
        (element.text or "") if TEXTS[element.tag] is None else TEXTS[element.tag] for element in paragraph.iter(*TEXTS)
    )
    return "".join(pieces).strip()  # type: ignore[arg-type]
