"""The index of a procedure's file: every document, version, digest and retention date."""

from dataclasses import dataclass
from datetime import date, datetime

from procurement.letters.blocks import references
from procurement.letters.docx import Folio
from procurement.letters.facts import Paper, Signature
from procurement.letters.signing import signatures
from procurement.letters.tables import Cell, Column, Row
from procurement.letters.words import archive_index as words
from procurement.letters.words import common

KIND = "archive_index"
TEMPLATE_VERSION = "1"


@dataclass(frozen=True, kw_only=True)
class Filed:
    """A document on file; `keep_until` is the last day it must be kept, `deleted_on` the day its
    content was removed while its digest stayed."""

    title: str
    filename: str
    sha256: str
    dated_at: datetime
    version: int = 1
    size: int | None = None
    keep_until: date | None = None
    deleted_on: date | None = None
    sealed: bool = False


@dataclass(frozen=True, kw_only=True)
class ArchiveIndex(Paper):
    """The index, in the order of the procedure; `rules` say where the retention dates come from."""

    documents: tuple[Filed, ...]
    closed_at: datetime | None = None
    rules: tuple[str, ...] = ()
    log_sha256: str = ""
    signatures: tuple[Signature, ...] = ()


def render(*, paper: ArchiveIndex) -> bytes:
    """The index as a Word file, in landscape; refuses facts that are not of the declared shape."""
    folio = Folio(paper=paper, kind=KIND, version=TEMPLATE_VERSION, title=words.TITLE, landscape=True)
    closed = folio.instant(paper.closed_at) if paper.closed_at else ""
    references(folio, (folio.say(words.CLOSED), closed))
    folio.text(folio.count(words.COUNT, len(paper.documents)), style="Lead")
    folio.chapter(words.DOCUMENTS)
    folio.text(folio.say(common.SHA256_NOTE), style="Note", keep=True)
    _documents(folio, paper)
    if paper.rules:
        folio.chapter(words.RULES)
        folio.items(paper.rules)
    if paper.log_sha256:
        folio.chapter(words.JOURNAL)
        folio.text(folio.say(words.JOURNAL_NOTE), keep=True)
        folio.digest(paper.log_sha256)
    signatures(folio, paper.signatures)
    return folio.finish()


def _documents(folio: Folio, paper: ArchiveIndex) -> None:
    columns = (
        Column(title=folio.say(common.NUMBER), share=5),
        Column(title=folio.say(words.DOCUMENT), share=49),
        Column(title=folio.say(words.VERSION), share=7, align="right"),
        Column(title=folio.say(words.SIZE), share=9, align="right"),
        Column(title=folio.say(words.DATED), share=15),
        Column(title=folio.say(words.KEPT_UNTIL), share=15),
    )
    rows: list[Row] = []
    for at, one in enumerate(paper.documents, start=1):
        size = folio.say(common.EMPTY) if one.size is None else folio.size(one.size)
        document = Cell(text=one.title, note=one.filename, digest=one.sha256, strong=True)
        dated = folio.day(one.dated_at)
        rows.append([str(at), document, str(one.version), size, dated, _kept(folio, one)])
    folio.table(columns, rows, title=folio.say(words.DOCUMENTS))


def _kept(folio: Folio, one: Filed) -> Cell:
    until = folio.say(common.EMPTY) if one.keep_until is None else folio.calendar_day(one.keep_until)
    note = folio.say(words.SEALED) if one.sealed else ""
    if one.deleted_on is not None:
        note = folio.say(words.DELETED, day=folio.calendar_day(one.deleted_on))
    return Cell(text=until, note=note)
