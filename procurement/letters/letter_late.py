"""The letter to an applicant whose application came in after the deadline."""

from dataclasses import dataclass
from datetime import datetime

from procurement.letters.letter import Letter, begin, end
from procurement.letters.words import letter as shared
from procurement.letters.words import letter_bodies as words

KIND = "letter_late"
TEMPLATE_VERSION = "1"


@dataclass(frozen=True, kw_only=True)
class LateLetter(Letter):
    """A rejection for lateness, by the database's clock at the end of the submission."""

    received_at: datetime
    deadline: datetime


def render(*, paper: LateLetter) -> bytes:
    """The letter as a Word file; refuses a paper whose facts are not of the declared shape."""
    folio = begin(paper, kind=KIND, version=TEMPLATE_VERSION, title=words.LATE_TITLE, thanks=True)
    folio.text(
        folio.say(
            words.LATE_SAID,
            label=paper.applicant.label,
            received=folio.instant(paper.received_at, "second"),
            deadline=folio.instant(paper.deadline),
            gap=folio.span(paper.received_at - paper.deadline),
        )
    )
    folio.text(folio.say(shared.UNOPENED_BOTH))
    return end(folio, paper)
