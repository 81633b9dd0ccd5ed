"""The letter to an applicant whose price is over a binding ceiling."""

from dataclasses import dataclass, replace
from decimal import Decimal

from procurement.letters.facts import Criterion, Mark, Method, Money, Standstill
from procurement.letters.letter import Letter, award_to, begin, end, own_marks
from procurement.letters.outcomes import Ranked
from procurement.letters.words import letter_bodies as words

KIND = "letter_over_ceiling"
TEMPLATE_VERSION = "1"


@dataclass(frozen=True, kw_only=True)
class OverCeilingLetter(Letter):
    """A rejection for a price over the binding ceiling (or the fixed budget)."""

    price: Money
    ceiling: Money
    technical: Decimal
    method: Method
    criteria: tuple[Criterion, ...] = ()
    marks: tuple[Mark, ...] = ()
    winner: Ranked | None = None
    advantages: str = ""
    standstill: Standstill | None = None


def render(*, paper: OverCeilingLetter) -> bytes:
    """The letter as a Word file; refuses a paper whose facts are not of the declared shape."""
    folio = begin(paper, kind=KIND, version=TEMPLATE_VERSION, title=words.CEILING_TITLE, thanks=True)
    gap = replace(paper.price, amount=paper.price.amount - paper.ceiling.amount)
    folio.text(
        folio.say(
            words.CEILING_SAID,
            label=paper.applicant.label,
            price=folio.amount(paper.price, tax=True),
            ceiling=folio.amount(paper.ceiling, tax=True),
            gap=folio.amount(gap),
        )
    )
    if paper.winner is not None:
        award_to(folio, winner=paper.winner, advantages=paper.advantages)
    if paper.marks:
        own_marks(folio, criteria=paper.criteria, marks=paper.marks, total=paper.technical, method=paper.method)
    return end(folio, paper, standstill=paper.standstill)
