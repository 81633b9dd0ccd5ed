"""The public notice that a call ends without award."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from procurement.letters.blocks import references
from procurement.letters.docx import Folio
from procurement.letters.facts import Paper, Signature
from procurement.letters.signing import signatures
from procurement.letters.words import common
from procurement.letters.words import notices as words

KIND = "cancellation_notice"
TEMPLATE_VERSION = "1"


@dataclass(frozen=True, kw_only=True)
class CancellationNotice(Paper):
    """A cancellation, or the statement that a call is unsuccessful; `effect` adds to the sentence
    that what was never opened stays sealed."""

    decided_at: datetime
    reason: str
    outcome: Literal["cancelled", "unsuccessful"] = "cancelled"
    effect: str = ""
    next_steps: str = ""
    remedies: str = ""
    signatures: tuple[Signature, ...] = ()


def render(*, paper: CancellationNotice) -> bytes:
    """The notice as a Word file; refuses a paper whose facts are not of the declared shape."""
    cancelled = paper.outcome == "cancelled"
    title = words.CANCELLED_TITLE if cancelled else words.UNSUCCESSFUL_TITLE
    lead = words.CANCELLED_LEAD if cancelled else words.UNSUCCESSFUL_LEAD
    folio = Folio(paper=paper, kind=KIND, version=TEMPLATE_VERSION, title=title)
    references(folio)
    folio.text(folio.say(lead, day=folio.day(paper.decided_at)), style="Lead")
    folio.chapter(common.REASON)
    folio.text(paper.reason)
    folio.chapter(words.EFFECT)
    folio.text(folio.say(words.STAYS_SEALED))
    folio.text(paper.effect)
    for phrase, said in ((words.NEXT, paper.next_steps), (common.REMEDIES, paper.remedies)):
        if said:
            folio.chapter(phrase)
            folio.text(said)
    signatures(folio, paper.signatures)
    return folio.finish()
