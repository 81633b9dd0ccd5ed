"""Small real files for the demonstration: a PDF and a Word document made on the spot."""

from __future__ import annotations

import io
from datetime import UTC, datetime

from docx import Document
from fpdf import FPDF


def make_pdf(*, title: str, paragraphs: list[str]) -> bytes:
    """Return a PDF of one page or more; the same words give the same bytes."""
    pdf = FPDF(format="A4")
    pdf.set_creation_date(datetime(2020, 3, 1, tzinfo=UTC))
    pdf.set_title(_plain(title))
    pdf.add_page()
    pdf.set_font("helvetica", style="B", size=15)
    pdf.multi_cell(0, 8, _plain(title), new_x="LMARGIN", new_y="NEXT")
    pdf.set_font("helvetica", size=11)
    for paragraph in paragraphs:
        pdf.ln(3)
        pdf.multi_cell(0, 6, _plain(paragraph), new_x="LMARGIN", new_y="NEXT")
    return bytes(pdf.output())


def _plain(text: str) -> str:
    """Write what the built-in faces can show."""
    for sign, plain in {"’": "'", "œ": "oe", "–": "-", "…": "...", "€": "EUR", "\u202f": " ", "\u00a0": " "}.items():
        text = text.replace(sign, plain)
    return text.encode("latin-1", "replace").decode("latin-1")


def make_docx(*, title: str, paragraphs: list[str]) -> bytes:
    """Return a Word document with a heading and paragraphs."""
    document = Document()
    document.add_heading(title, level=1)
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()
