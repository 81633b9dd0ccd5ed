"""The letter to an applicant excluded by a reasoned decision after the check of the file."""

from dataclasses import dataclass
from datetime import datetime

from procurement.letters.docx import Folio
from procurement.letters.facts import Standstill
from procurement.letters.letter import Letter, award_to, begin, end
from procurement.letters.outcomes import Ranked
from procurement.letters.words import common
from procurement.letters.words import letter as shared
from procurement.letters.words import letter_bodies as words

KIND = "letter_excluded"
TEMPLATE_VERSION = "1"


@dataclass(frozen=True, kw_only=True)
class ExcludedLetter(Letter):
    """A reasoned exclusion; `unopened` says that a financial envelope stays sealed."""

    decided_at: datetime
    reason: str
    winner: Ranked | None = None
    advantages: str = ""
    standstill: Standstill | None = None
    unopened: bool = False


def render(*, paper: ExcludedLetter) -> bytes:
    """The letter as a Word file; refuses a paper whose facts are not of the declared shape."""
    folio: Folio = begin(paper, kind=KIND, version=TEMPLATE_VERSION, title=words.EXCLUDED_TITLE, thanks=True)
    folio.text(folio.say(words.EXCLUDED_SAID, label=paper.applicant.label, day=folio.day(paper.decided_at)))
    folio.part(common.REASON)
    folio.text(paper.reason)
    if paper.unopened:
        folio.text(folio.say(shared.UNOPENED))
    if paper.winner is not None:
        award_to(folio, winner=paper.winner, advantages=paper.advantages)
    return end(folio, paper, standstill=paper.standstill)
