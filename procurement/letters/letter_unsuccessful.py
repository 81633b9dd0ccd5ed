"""The letter to an applicant who was ranked but not first."""

from dataclasses import dataclass

from procurement.letters.facts import Criterion, Mark, Method, Standstill
from procurement.letters.letter import Letter, award_to, begin, comparison, end, own_marks
from procurement.letters.outcomes import Ranked
from procurement.letters.words import letter_bodies as words

KIND = "letter_unsuccessful"
TEMPLATE_VERSION = "1"


@dataclass(frozen=True, kw_only=True)
class UnsuccessfulLetter(Letter):
    """A reasoned rejection: own marks and reasons, the winner's name, figures and advantages."""

    own: Ranked
    winner: Ranked
    method: Method
    criteria: tuple[Criterion, ...]
    marks: tuple[Mark, ...]
    advantages: str = ""
    standstill: Standstill | None = None


def render(*, paper: UnsuccessfulLetter) -> bytes:
    """The letter as a Word file; refuses a paper whose facts are not of the declared shape."""
    folio = begin(paper, kind=KIND, version=TEMPLATE_VERSION, title=words.UNSUCCESSFUL_TITLE, thanks=True)
    folio.text(folio.say(words.UNSUCCESSFUL_SAID, label=paper.applicant.label, rank=paper.own.rank))
    award_to(folio, winner=paper.winner, advantages=paper.advantages)
    comparison(folio, own=paper.own, winner=paper.winner, method=paper.method)
    own_marks(folio, criteria=paper.criteria, marks=paper.marks, total=paper.own.technical, method=paper.method)
    return end(folio, paper, standstill=paper.standstill)
