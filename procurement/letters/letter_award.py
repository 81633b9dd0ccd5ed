"""The letter to the successful applicant."""

from dataclasses import dataclass
from datetime import datetime

from procurement.letters.facts import Criterion, Mark, Method, Standstill
from procurement.letters.letter import Letter, begin, end, own_marks
from procurement.letters.outcomes import Ranked
from procurement.letters.words import letter_bodies as words

KIND = "letter_award"
TEMPLATE_VERSION = "1"


@dataclass(frozen=True, kw_only=True)
class AwardLetter(Letter):
    """A notification of award; `to_supply` is asked before the contract is signed."""

    own: Ranked
    method: Method
    criteria: tuple[Criterion, ...] = ()
    marks: tuple[Mark, ...] = ()
    to_supply: tuple[str, ...] = ()
    supply_by: datetime | None = None
    standstill: Standstill | None = None


def render(*, paper: AwardLetter) -> bytes:
    """The letter as a Word file; refuses a paper whose facts are not of the declared shape."""
    folio = begin(paper, kind=KIND, version=TEMPLATE_VERSION, title=words.AWARD_TITLE)
    label = paper.applicant.label
    if paper.own.price is None:
        folio.text(folio.say(words.AWARD_UNPRICED, label=label))
    else:
        price = folio.amount(paper.own.price, tax=True)
        folio.text(folio.say(words.AWARD_SAID, label=label, price=price))
    folio.text(folio.say(words.AWARD_NO_CONTRACT))
    if paper.to_supply:
        folio.part(words.TO_SUPPLY)
        folio.items(paper.to_supply)
    if paper.supply_by is not None:
        folio.text(folio.say(words.SUPPLY_UNTIL, instant=folio.instant(paper.supply_by)))
    if paper.marks:
        own_marks(
            folio,
            criteria=paper.criteria,
            marks=paper.marks,
            total=paper.own.technical,
            method=paper.method,
        )
    return end(folio, paper, standstill=paper.standstill)
