"""The public notice that a contract has been concluded."""

from dataclasses import dataclass
from datetime import datetime

from procurement.letters.blocks import references
from procurement.letters.docx import Folio
from procurement.letters.facts import Applicant, Money, Paper
from procurement.letters.results import named
from procurement.letters.words import common
from procurement.letters.words import notices as words

KIND = "contract_notice"
TEMPLATE_VERSION = "1"


@dataclass(frozen=True, kw_only=True)
class ContractNotice(Paper):
    """A notice of a contract signed outside the application and recorded in it."""

    contractor: Applicant
    price: Money
    contract_reference: str
    signed_at: datetime
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    cpv: str = ""
    remarks: str = ""


def render(*, paper: ContractNotice) -> bytes:
    """The notice as a Word file; refuses a paper whose facts are not of the declared shape."""
    folio = Folio(paper=paper, kind=KIND, version=TEMPLATE_VERSION, title=words.CONTRACT_TITLE)
    references(folio)
    price = folio.amount(paper.price, tax=True)
    folio.text(folio.say(words.CONTRACT_LEAD, name=paper.contractor.name, price=price), style="Lead")
    folio.chapter(words.CONTRACT)
    folio.facts(
        [
            (folio.say(common.AUTHORITY), paper.call.authority.name),
            (folio.say(words.CONTRACTOR), named(folio, paper.contractor)),
            (folio.say(words.CONTRACT_REFERENCE), paper.contract_reference),
            (folio.say(words.VALUE), price),
            (folio.say(words.SIGNED), folio.day(paper.signed_at)),
            (folio.say(words.STARTS), folio.day(paper.starts_at) if paper.starts_at else ""),
            (folio.say(words.ENDS), folio.day(paper.ends_at) if paper.ends_at else ""),
            (folio.say(words.CPV), paper.cpv),
        ],
        title=folio.say(words.CONTRACT),
    )
    folio.text(paper.remarks)
    return folio.finish()
