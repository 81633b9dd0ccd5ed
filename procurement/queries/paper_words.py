"""A paper read back from Word as plain blocks, so that a page shows exactly the words that go."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from docx import Document
from docx.table import Table
from docx.text.paragraph import Paragraph

HEADINGS = ("Heading", "Title", "Article", "Letter Heading")
PLACED = ("Address", "Dateline", "Signatory")  # what stands apart on a letter


@dataclass(frozen=True)
class Block:
    """A heading, a paragraph, a line set apart, an item of a list, or the rows of a table."""

    kind: str
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = field(default=())


def blocks_of(content: bytes) -> list[Block]:
    """Read the body of a .docx in order; empty paragraphs are left out."""
    document = Document(BytesIO(content))
    return [block for part in document.iter_inner_content() if (block := _block(part)) is not None]


def _block(part: Any) -> Block | None:
    if isinstance(part, Table):
        rows = tuple(tuple(_cells(row)) for row in part.rows)
        return Block("table", rows=rows) if rows else None
    if isinstance(part, Paragraph) and part.text.strip():
        return Block(_kind(part), part.text.strip())
    return None


def _kind(paragraph: Paragraph) -> str:
    style = str(paragraph.style.name or "") if paragraph.style else ""
    if style.startswith(HEADINGS):
        return "heading"
    if style.startswith(PLACED):
        return "placed"
    return "item" if style.startswith("List") else "text"


def _cells(row: Any) -> Iterator[str]:
    """Yield each cell once, where a merged one stands for several."""
    before = None
    for cell in row.cells:
        if cell._tc is not before:  # noqa: SLF001 - python-docx wraps one cell anew for each column it spans
            yield cell.text.strip()
        before = cell._tc  # noqa: SLF001
