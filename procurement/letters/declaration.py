"""The declaration of impartiality and confidentiality of one member, for one list of applications."""

from dataclasses import dataclass

from procurement.letters.blocks import references
from procurement.letters.docx import Folio
from procurement.letters.facts import Applicant, Member, Paper, Signature
from procurement.letters.results import named
from procurement.letters.signing import signatures
from procurement.letters.tables import Cell, Column, Row
from procurement.letters.words import common, kinds
from procurement.letters.words import declaration as words

KIND = "declaration"
TEMPLATE_VERSION = "1"


@dataclass(frozen=True, kw_only=True)
class Conflict:
    """A link with one application, by its label, and its nature."""

    label: str
    nature: str


@dataclass(frozen=True, kw_only=True)
class Declaration(Paper):
    """A declaration; no conflict unless some are listed; `articles` replaces the standard text."""

    member: Member
    applicants: tuple[Applicant, ...]
    conflicts: tuple[Conflict, ...] = ()
    list_sha256: str = ""
    articles: tuple[str, ...] = ()
    signature: Signature | None = None


def render(*, paper: Declaration) -> bytes:
    """The declaration as a Word file; refuses facts that are not of the declared shape."""
    folio = Folio(paper=paper, kind=KIND, version=TEMPLATE_VERSION, title=words.TITLE)
    member, role = paper.member, folio.say(kinds.ROLES[paper.member.role])
    label = f"{member.label}\u2002{member.name}" if member.label else member.name
    references(
        folio,
        (folio.say(words.WHO), Cell(text=label, note=member.organisation, strong=True)),
        (folio.say(words.ROLE), role),
    )
    _list(folio, paper)
    folio.chapter(words.TEXT)
    folio.numbered(paper.articles or [folio.say(article) for article in words.ARTICLES])
    _conflicts(folio, paper)
    signature = paper.signature or Signature(name=member.name, title=role, organisation=member.organisation)
    signatures(folio, (signature,))
    return folio.finish()


def _list(folio: Folio, paper: Declaration) -> None:
    folio.chapter(words.LIST)
    columns = (
        Column(title=folio.say(common.LABEL), share=14),
        Column(title=folio.say(common.APPLICANT), share=86),
    )
    rows: list[Row] = [[one.label, named(folio, one)] for one in paper.applicants]
    folio.table(columns, rows, title=folio.say(words.LIST))
    if paper.list_sha256:
        folio.text(folio.say(words.LIST_NOTE), style="Note", keep=True)
        folio.digest(paper.list_sha256)


def _conflicts(folio: Folio, paper: Declaration) -> None:
    folio.chapter(words.CONFLICT)
    if not paper.conflicts:
        folio.text(folio.say(words.NO_CONFLICT_SAID), strong=True)
        return
    folio.text(folio.say(words.CONFLICT_SAID), strong=True)
    columns = (
        Column(title=folio.say(common.APPLICATION), share=20),
        Column(title=folio.say(words.NATURE), share=80),
    )
    rows = [[one.label, one.nature] for one in paper.conflicts]
    folio.table(columns, rows, title=folio.say(words.CONFLICT))
