"""One paper being written: headings, text, lists and tables, in order, then its bytes."""

import io
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

import docx
from docx.enum.section import WD_ORIENT

from procurement.letters import record, tables
from procurement.letters.elements import Element, node, paragraph, run
from procurement.letters.facts import Paper
from procurement.letters.furniture import furnish
from procurement.letters.skeleton import empty_document
from procurement.letters.stable import stable_bytes
from procurement.letters.styles import LOCALE
from procurement.letters.tables import Cell, Column, Row
from procurement.letters.text import on_one_line
from procurement.letters.voice import Voice
from procurement.letters.words import common
from procurement.letters.words.phrase import Phrase

_TWIP = 635  # a twentieth of a point, in the English Metric Units of python-docx
_MARK = 16  # hexadecimal digits of the fingerprint printed in the foot


class Folio(Voice):
    """A paper under the pen; what is written is cleaned and set in the paper's language."""

    def __init__(
        self,
        *,
        paper: Paper,
        kind: str,
        version: str,
        title: Phrase,
        titled: bool = True,
        landscape: bool = False,
    ) -> None:
        super().__init__(paper.call)
        self.paper = paper
        self.fingerprint = record.fingerprint(paper, kind=kind, version=version)
        self._document = docx.Document(io.BytesIO(empty_document(language=self.language)))
        self._body = self._document.element.body
        self._lay(landscape=landscape)
        self._name(kind=kind, title=self.say(title))
        furnish(
            self._document,
            call=paper.call,
            number=paper.number,
            kind=kind,
            version=version,
            mark=self.fingerprint[:_MARK],
            width=self.width,
        )
        if titled:
            self.title(title, subtitle=paper.call.title)

    def _lay(self, *, landscape: bool) -> None:
        section = self._document.sections[0]
        if landscape:
            section.orientation = WD_ORIENT.LANDSCAPE
            section.page_width, section.page_height = section.page_height, section.page_width
        margins = (section.left_margin, section.right_margin)
        self.width = round(((section.page_width or 0) - sum(side or 0 for side in margins)) / _TWIP)

    def _name(self, *, kind: str, title: str) -> None:
        properties = self._document.core_properties
        properties.title = on_one_line(f"{title} – {self.paper.call.reference}")[:255]
        properties.subject = on_one_line(self.paper.number)[:255]
        properties.keywords = kind
        properties.language = LOCALE[self.language]
        dated = self.paper.issued_at.astimezone(UTC).replace(microsecond=0, tzinfo=None)
        properties.created = properties.modified = dated

    def _append(self, *elements: Element) -> None:
        for element in elements:
            self._body[-1].addprevious(element)

    def title(self, phrase: Phrase, *, subtitle: str = "") -> None:
        """The paper's title and, under it, what it is about."""
        self._append(paragraph("Title", run(self.say(phrase))))
        if subtitle:
            self._append(paragraph("Subtitle", run(on_one_line(self.set(subtitle)))))

    def moment(self, instant: datetime) -> Cell:
        """An instant for a table: the day, and under it the hour to the second with its zone."""
        return Cell(text=self.day(instant), note=self.hour(instant))

    def chapter(self, phrase: Phrase, *, level: int = 1) -> None:
        """A numbered heading of level 1 to 3 made of a fixed phrase."""
        self.heading(self.say(phrase), level=level)

    def part(self, phrase: Phrase) -> None:
        """A heading without a number, for letters."""
        self._append(paragraph("LetterHeading", run(self.say(phrase))))

    def heading(self, text: str, *, level: int = 1) -> None:
        """A numbered heading, of level 1 to 3."""
        self._append(paragraph(f"Heading{level}", run(on_one_line(self.set(text)))))

    def text(self, text: str, *, style: str = "Normal", strong: bool = False, keep: bool = False) -> None:
        """Running text; an empty line parts two paragraphs; an empty text writes nothing; `keep`
        holds it on the page of what follows."""
        marks = [node("b"), node("bCs")] if strong else []
        for part in self.set(text).split("\n\n"):
            if part.strip():
                self._append(paragraph(style, run(part.strip("\n "), *marks), keep=keep))

    def items(self, items: Sequence[str], *, style: str = "ListBullet") -> None:
        """A list with dashes; nothing when there are no items."""
        for at, item in enumerate(items, start=1):
            keep = at in (1, len(items) - 1) and at < len(items)
            line = paragraph(style, run(self.set(item)), keep=keep)
            if at == len(items):
                line[0].append(node("spacing", after=120))
            self._append(line)

    def numbered(self, items: Sequence[str]) -> None:
        """A list numbered from 1; a paper has one at most, for Word would go on counting."""
        self.items(items, style="ListNumber")

    def facts(self, rows: Sequence[tuple[str, Cell | str]], *, title: str) -> None:
        """A summary list of name and value; a line whose value is empty is left out."""
        told = [[Cell(text=self.set(name)), self._cell(said)] for name, said in rows if said != ""]
        if told:
            self._append(tables.facts_table(told, width=self.width, title=title), _gap())

    def table(
        self,
        columns: Sequence[Column],
        rows: Sequence[Row],
        *,
        title: str,
        caption: bool = False,
        last_strong: bool = False,
    ) -> None:
        """A table; `title` describes it and is printed above it when `caption` is set; without
        rows it says that there is nothing."""
        if caption:
            self._append(paragraph("Caption", run(self.set(title))))
        if not rows:
            self.text(self.say(common.NONE))
            return
        body = []
        for at, row in enumerate(rows):
            total = last_strong and at == len(rows) - 1
            body.append([self._cell(cell, strong=total or n == 0) for n, cell in enumerate(row)])
        drawn = tables.table(self._heads(columns), body, width=self.width, title=self.set(title))
        self._append(drawn, _gap())

    def _heads(self, columns: Sequence[Column]) -> list[Column]:
        return [replace(column, title=self.set(column.title)) for column in columns]

    def digest(self, sha256: str) -> None:
        """A SHA-256 on a line of its own; nothing when it is empty."""
        if sha256:
            self._append(tables.digest(sha256), _gap())

    def lines(self, text: str) -> None:
        """Lines to be copied as they are, such as a signed note: nothing in them is set; an empty text writes nothing."""
        written = [line for line in text.split("\n") if line]
        self._append(*(tables.line(line, keep=at < len(written)) for at, line in enumerate(written, start=1)))
        if written:
            self._append(_gap())

    def place(self, *elements: Element) -> None:
        """Elements made elsewhere, such as signature blocks and addresses."""
        self._append(*elements)

    def _cell(self, cell: Cell | str, *, strong: bool = False) -> Cell:
        if isinstance(cell, str):
            return Cell(text=self.set(cell), strong=strong)
        return replace(cell, text=self.set(cell.text), note=self.set(cell.note))

    def finish(self) -> bytes:
        """The paper's bytes; the same facts give the same bytes on any machine."""
        written = io.BytesIO()
        self._document.save(written)
        return stable_bytes(written.getvalue())


def _gap() -> Element:
    return paragraph("Gap", run(""))
