"""The sheet of one evaluator for one application."""

from dataclasses import dataclass
from decimal import Decimal

from procurement.letters.blocks import references
from procurement.letters.docx import Folio
from procurement.letters.facts import Applicant, Criterion, Mark, Member, Paper, Signature
from procurement.letters.results import marks_table, named
from procurement.letters.signing import signatures
from procurement.letters.tables import Cell
from procurement.letters.words import score_sheet as words

KIND = "score_sheet"
TEMPLATE_VERSION = "1"


@dataclass(frozen=True, kw_only=True)
class ScoreSheet(Paper):
    """A sheet as signed; `total` is the sum the engine uses, `maximum` what it is out of."""

    evaluator: Member
    applicant: Applicant
    criteria: tuple[Criterion, ...]
    marks: tuple[Mark, ...]
    total: Decimal
    maximum: Decimal = Decimal(100)
    version: int = 1
    reopened: str = ""
    strengths: str = ""
    weaknesses: str = ""
    signature: Signature | None = None


def render(*, paper: ScoreSheet) -> bytes:
    """The sheet as a Word file; refuses a paper whose facts are not of the declared shape."""
    folio = Folio(paper=paper, kind=KIND, version=TEMPLATE_VERSION, title=words.TITLE)
    evaluator = paper.evaluator
    label = f"{evaluator.label}\u2002{evaluator.name}" if evaluator.label else evaluator.name
    references(
        folio,
        (folio.say(words.EVALUATOR), Cell(text=label, note=evaluator.organisation, strong=True)),
        (folio.say(words.APPLICATION), named(folio, paper.applicant, labelled=True)),
        (folio.say(words.VERSION), str(paper.version)),
        (folio.say(words.REOPENED), paper.reopened),
    )
    folio.chapter(words.MARKS)
    marks_table(folio, criteria=paper.criteria, marks=paper.marks, total=paper.total, maximum=paper.maximum)
    for phrase, said in ((words.STRENGTHS, paper.strengths), (words.WEAKNESSES, paper.weaknesses)):
        if said:
            folio.chapter(phrase)
            folio.text(said)
    signature = paper.signature or Signature(name=evaluator.name, title=folio.say(words.EVALUATOR))
    signatures(folio, (signature,), before=folio.say(words.DECLARATION))
    return folio.finish()
