"""The letter to an applicant whose file is not compliant."""

from dataclasses import dataclass

from procurement.letters.compliance_grid import CompletionRequest
from procurement.letters.facts import Requirement
from procurement.letters.letter import Letter, begin, end
from procurement.letters.words import common
from procurement.letters.words import letter as shared
from procurement.letters.words import letter_bodies as words

KIND = "letter_non_compliant"
TEMPLATE_VERSION = "1"


@dataclass(frozen=True, kw_only=True)
class NonCompliantLetter(Letter):
    """A rejection for non-compliance; `ground` is the article or clause applied, `unopened` says
    that a financial envelope stays sealed."""

    faults: tuple[Requirement, ...]
    reason: str
    ground: str = ""
    request: CompletionRequest | None = None
    unopened: bool = True


def render(*, paper: NonCompliantLetter) -> bytes:
    """The letter as a Word file; refuses a paper whose facts are not of the declared shape."""
    folio = begin(paper, kind=KIND, version=TEMPLATE_VERSION, title=words.NON_COMPLIANT_TITLE, thanks=True)
    folio.text(folio.say(words.NON_COMPLIANT_SAID, label=paper.applicant.label))
    if paper.faults:
        folio.part(words.FAULTS)
        folio.items([f"{one.code}\u2002{one.title}" for one in paper.faults])
    folio.part(common.REASON)
    folio.text(paper.reason)
    folio.text(paper.ground)
    if paper.request is not None:
        asked, due = folio.instant(paper.request.asked_at), folio.instant(paper.request.due_at)
        folio.text(folio.say(words.REQUEST_UNANSWERED, asked=asked, due=due))
    if paper.unopened:
        folio.text(folio.say(shared.UNOPENED))
    return end(folio, paper)
