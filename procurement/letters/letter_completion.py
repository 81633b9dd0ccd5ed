"""The one request to an applicant to complete the file."""

from dataclasses import dataclass
from datetime import datetime

from procurement.letters.facts import Requirement
from procurement.letters.letter import Letter, begin, end
from procurement.letters.words import letter_bodies as words

KIND = "letter_completion"
TEMPLATE_VERSION = "1"


@dataclass(frozen=True, kw_only=True)
class CompletionLetter(Letter):
    """A request to complete, with its own window; it never touches the offers."""

    requirements: tuple[Requirement, ...]
    due_at: datetime
    asked: str = ""


def render(*, paper: CompletionLetter) -> bytes:
    """The letter as a Word file; refuses a paper whose facts are not of the declared shape."""
    folio = begin(paper, kind=KIND, version=TEMPLATE_VERSION, title=words.COMPLETION_TITLE)
    folio.text(folio.say(words.COMPLETION_SAID, label=paper.applicant.label))
    folio.items([f"{one.code}\u2002{one.title}" for one in paper.requirements])
    folio.text(paper.asked)
    folio.text(folio.say(words.COMPLETION_DUE, due=folio.instant(paper.due_at)), strong=True)
    folio.text(folio.say(words.COMPLETION_LIMITS))
    return end(folio, paper)
