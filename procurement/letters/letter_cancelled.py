"""The letter to each applicant of a call that is cancelled or unsuccessful."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from procurement.letters.letter import Letter, begin, end
from procurement.letters.words import common, notices
from procurement.letters.words import letter_bodies as words

KIND = "letter_cancelled"
TEMPLATE_VERSION = "1"


@dataclass(frozen=True, kw_only=True)
class CancelledLetter(Letter):
    """The end of a call without award, its reason, and what follows (in `next_steps`)."""

    decided_at: datetime
    reason: str
    outcome: Literal["cancelled", "unsuccessful"] = "cancelled"
    next_steps: str = ""


def render(*, paper: CancelledLetter) -> bytes:
    """The letter as a Word file; refuses a paper whose facts are not of the declared shape."""
    cancelled = paper.outcome == "cancelled"
    title = words.CANCELLED_TITLE if cancelled else words.UNSUCCESSFUL_CALL_TITLE
    said = words.CANCELLED_SAID if cancelled else words.UNSUCCESSFUL_CALL_SAID
    folio = begin(paper, kind=KIND, version=TEMPLATE_VERSION, title=title, thanks=True)
    folio.text(folio.say(said, day=folio.day(paper.decided_at)))
    folio.part(common.REASON)
    folio.text(paper.reason)
    folio.text(folio.say(notices.STAYS_SEALED))
    folio.text(paper.next_steps)
    return end(folio, paper)
