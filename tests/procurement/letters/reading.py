"""Ways to read a .docx that was just written."""

import io
import re
import zipfile

import docx
from docx.document import Document
from docx.oxml.ns import qn

from procurement.letters.facts import Paper
from procurement.letters.registry import render_paper
from procurement.letters.text import NBSP


def opened(paper: Paper) -> Document:
    return docx.Document(io.BytesIO(render_paper(paper=paper)))


def parts(written: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(written)) as package:
        return {name: package.read(name) for name in package.namelist()}


def _lines(element: object) -> list[str]:
    lines = []
    for paragraph in element.iter(qn("w:p")):  # type: ignore[attr-defined]
        pieces = []
        for node in paragraph.iter(qn("w:t"), qn("w:br"), qn("w:tab")):
            pieces.append(node.text or "" if node.tag == qn("w:t") else " ")
        lines.append("".join(pieces))
    return lines


def text_of(paper: Paper) -> str:
    """The body's text, a paragraph a line, no-break spaces made plain."""
    return "\n".join(_lines(opened(paper).element.body)).replace(NBSP, " ").replace("\u2002", " ")


def foot_of(paper: Paper) -> str:
    section = opened(paper).sections[0]
    return " ".join(_lines(section.footer.part.element))


def head_of(paper: Paper) -> str:
    section = opened(paper).sections[0]
    return " ".join(_lines(section.first_page_header.part.element)).replace(NBSP, " ")


def squeezed(text: str) -> str:
    return re.sub(r"\s+", " ", text)
