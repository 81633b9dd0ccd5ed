"""The letter to an applicant whose technical mark is too low; the price stays sealed."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from procurement.letters.blocks import tree
from procurement.letters.docx import Folio
from procurement.letters.facts import Criterion, Mark, Method, Standstill
from procurement.letters.letter import Letter, award_to, begin, end, own_marks
from procurement.letters.outcomes import Ranked
from procurement.letters.record import InvalidPaper
from procurement.letters.results import subtotals
from procurement.letters.words import letter as shared
from procurement.letters.words import letter_bodies as words

KIND = "letter_below_threshold"
TEMPLATE_VERSION = "1"


@dataclass(frozen=True, kw_only=True)
class BelowThresholdLetter(Letter):
    """A rejection on the technical mark: under the threshold, under the minimum of `criterion`
    (a code), or under `threshold` for the interview; `total` is the mark compared."""

    total: Decimal
    threshold: Decimal
    method: Method
    criteria: tuple[Criterion, ...]
    marks: tuple[Mark, ...]
    ground: Literal["threshold", "minimum", "interview"] = "threshold"
    criterion: str = ""
    winner: Ranked | None = None
    advantages: str = ""
    standstill: Standstill | None = None
    unopened: bool = True


def render(*, paper: BelowThresholdLetter) -> bytes:
    """The letter as a Word file; refuses a ground whose criterion is not in the tree or has no
    mark, and facts that are not of the declared shape."""
    folio = begin(paper, kind=KIND, version=TEMPLATE_VERSION, title=words.BELOW_TITLE, thanks=True)
    folio.text(_ground(folio, paper))
    folio.text(folio.say(words.EXACT))
    if paper.unopened:
        folio.text(folio.say(shared.UNOPENED))
    if paper.winner is not None:
        award_to(folio, winner=paper.winner, advantages=paper.advantages)
    own_marks(folio, criteria=paper.criteria, marks=paper.marks, total=paper.total, method=paper.method)
    return end(folio, paper, standstill=paper.standstill)


def _ground(folio: Folio, paper: BelowThresholdLetter) -> str:
    label = paper.applicant.label
    if paper.ground == "minimum":
        return _minimum(folio, paper)
    phrase = words.NOT_INVITED_SAID if paper.ground == "interview" else words.BELOW_SAID
    return folio.say(
        phrase,
        label=label,
        total=folio.mark(paper.total, threshold=paper.threshold),
        maximum=folio.number(paper.method.technical_maximum),
        threshold=folio.number(paper.threshold),
    )


def _minimum(folio: Folio, paper: BelowThresholdLetter) -> str:
    node = next((one for one, _ in tree(paper.criteria) if one.code == paper.criterion), None)
    mark = subtotals(paper.criteria, paper.marks).get(paper.criterion)
    if node is None or mark is None or node.minimum is None:
        raise InvalidPaper(f"criterion: {paper.criterion!r} has no minimum or no mark")
    return folio.say(
        words.MINIMUM_SAID,
        label=paper.applicant.label,
        mark=folio.mark(mark, threshold=node.minimum),
        code=node.code,
        title=node.title,
        minimum=folio.number(node.minimum),
    )
