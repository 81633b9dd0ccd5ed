"""The recovery sheet of a key holder, all but the key: four marks stand where the holder's browser writes its lines."""

import io
import zipfile
from dataclasses import dataclass
from datetime import datetime

from procurement.letters.blocks import references
from procurement.letters.docx import Folio
from procurement.letters.elements import paragraph, run
from procurement.letters.facts import Paper
from procurement.letters.tables import Cell
from procurement.letters.words import recovery_sheet as words

KIND = "recovery_sheet"
TEMPLATE_VERSION = "1"
LINES = 4


@dataclass(frozen=True, kw_only=True)
class RecoverySheet(Paper):
    """Whose key it is, and what it opens together with others; the key itself is none of the facts."""

    holder: str
    fingerprint: str  # SHA-256 of the public half
    quorum: int
    holders: int
    deadline: datetime | None = None


def mark(line: int) -> str:
    """What stands in the document in the place of a line of the key, counted from 1."""
    return f"[[key-line-{line}]]"


def render(*, paper: RecoverySheet) -> bytes:
    """The sheet as a Word file with marks in it; refuses a paper whose facts are not of the declared shape."""
    folio = Folio(paper=paper, kind=KIND, version=TEMPLATE_VERSION, title=words.TITLE)
    quorum = folio.say(words.OF_HOLDERS, quorum=str(paper.quorum), holders=str(paper.holders))
    more: list[tuple[str, Cell | str]] = [
        (folio.say(words.HOLDER), Cell(text=paper.holder, strong=True)),
        (folio.say(words.QUORUM), quorum),
    ]
    if paper.deadline is not None:
        more.append((folio.say(words.DEADLINE), folio.instant(paper.deadline)))
    references(folio, *more)
    folio.text(folio.say(words.CONFIDENTIAL), style="Lead")
    folio.chapter(words.KEY)
    _lines(folio)
    folio.text(folio.say(words.KEY_NOTE), style="Note")
    folio.text(folio.say(words.FINGERPRINT), style="TableHead", keep=True)
    folio.digest(paper.fingerprint)
    folio.chapter(words.NOW)
    folio.numbered([folio.say(one) for one in (words.PRINT, words.DELETE, words.RETYPE)])
    folio.chapter(words.LATER)
    folio.items([folio.say(one) for one in (words.OPENING, words.LOST, words.DESTROY)])
    folio.text(folio.say(words.MADE_HERE), style="Note")
    return folio.finish()


def _lines(folio: Folio) -> None:
    for number in range(1, LINES + 1):
        told = folio.say(words.LINE, number=str(number))
        folio.place(paragraph("TableHead", run(told), keep=True), paragraph("Groups", run(mark(number)), keep=True))


def parts_of(document: bytes) -> dict[str, str]:
    """The parts of a Word file as texts, in their order, for whoever puts the file together."""
    with zipfile.ZipFile(io.BytesIO(document)) as package:
        return {name: package.read(name).decode() for name in package.namelist()}
