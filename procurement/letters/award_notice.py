"""The public notice of an award."""

from dataclasses import dataclass
from datetime import datetime

from procurement.letters.blocks import references
from procurement.letters.docx import Folio
from procurement.letters.facts import Applicant, Method, Money, Paper
from procurement.letters.outcomes import Ranked
from procurement.letters.results import named
from procurement.letters.tables import Cell
from procurement.letters.words import common
from procurement.letters.words import notices as words
from procurement.letters.words import tables as table_words
from procurement.letters.words.method import METHODS

KIND = "award_notice"
TEMPLATE_VERSION = "1"


@dataclass(frozen=True, kw_only=True)
class AwardNotice(Paper):
    """An award notice; counts are of applications received in time and of those ranked."""

    contractor: Applicant
    decided_at: datetime
    procedure: str
    method: Method
    price: Money | None = None
    winner: Ranked | None = None
    received: int | None = None
    ranked: int | None = None
    published_at: datetime | None = None
    standstill_ends_at: datetime | None = None
    cpv: str = ""
    remedies: str = ""


def render(*, paper: AwardNotice) -> bytes:
    """The notice as a Word file; refuses a paper whose facts are not of the declared shape."""
    folio = Folio(paper=paper, kind=KIND, version=TEMPLATE_VERSION, title=words.AWARD_TITLE)
    references(folio)
    folio.text(_lead(folio, paper), style="Lead")
    _result(folio, paper)
    _procedure(folio, paper)
    if paper.remedies:
        folio.chapter(common.REMEDIES)
        folio.text(paper.remedies)
    return folio.finish()


def _lead(folio: Folio, paper: AwardNotice) -> str:
    name = paper.contractor.name
    if paper.price is None:
        return folio.say(words.AWARD_LEAD_UNPRICED, name=name)
    return folio.say(words.AWARD_LEAD, name=name, price=folio.amount(paper.price, tax=True))


def _result(folio: Folio, paper: AwardNotice) -> None:
    folio.chapter(words.RESULT)
    won = paper.winner
    ends = paper.standstill_ends_at
    counts = [folio.number(one) if one is not None else "" for one in (paper.received, paper.ranked)]
    folio.facts(
        [
            (folio.say(words.CONTRACTOR), named(folio, paper.contractor)),
            (folio.say(words.VALUE), folio.amount(paper.price, tax=True) if paper.price else ""),
            (folio.say(table_words.TECHNICAL_MARK), folio.mark(won.technical) if won else ""),
            (folio.say(table_words.TOTAL), folio.mark(won.combined) if won else ""),
            (folio.say(words.DECIDED), folio.day(paper.decided_at)),
            (folio.say(words.RECEIVED), counts[0]),
            (folio.say(words.IN_RANKING), counts[1]),
            (folio.say(words.STANDSTILL_END), folio.instant(ends) if ends else ""),
        ],
        title=folio.say(words.RESULT),
    )


def _procedure(folio: Folio, paper: AwardNotice) -> None:
    folio.chapter(words.PROCEDURE)
    published = folio.instant(paper.published_at) if paper.published_at else ""
    rows: list[tuple[str, Cell | str]] = [
        (folio.say(common.AUTHORITY), paper.call.authority.name),
        (folio.say(words.PROGRAMME), paper.call.programme),
        (folio.say(words.PROCEDURE), paper.procedure),
        (folio.say(words.CPV), paper.cpv),
        (folio.say(words.METHOD), folio.say(METHODS[paper.method.name])),
        (folio.say(words.PUBLISHED), published),
    ]
    folio.facts(rows, title=folio.say(words.PROCEDURE))
