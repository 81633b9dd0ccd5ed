"""The technical report of a committee: the marks, settled and signed before any price is opened."""

from dataclasses import dataclass

from procurement.letters import evaluation_parts
from procurement.letters.docx import Folio
from procurement.letters.evaluation_parts import EvaluationPaper
from procurement.letters.results import who
from procurement.letters.words import technical_report as words

KIND = "technical_report"
TEMPLATE_VERSION = "1"


@dataclass(frozen=True, kw_only=True)
class TechnicalReport(EvaluationPaper):
    """A technical report; `two_envelopes`: the prices of those below stay sealed."""

    two_envelopes: bool = True


def render(*, paper: TechnicalReport) -> bytes:
    """The report as a Word file; refuses a paper whose facts are not of the declared shape."""
    folio = Folio(paper=paper, kind=KIND, version=TEMPLATE_VERSION, title=words.TITLE)
    evaluation_parts.until_the_marks(folio, paper, answer=_answer(folio, paper))
    folio.chapter(words.RESULT)
    _result(folio, paper)
    evaluation_parts.signed(folio, paper, statement=folio.say(words.SIGNED_STATEMENT))
    return folio.finish()


def _answer(folio: Folio, paper: TechnicalReport) -> str:
    passed = sum(one.passed for one in paper.assessments)
    marked = folio.count(words.MARKED, len(paper.assessments))
    return f"{marked} {folio.count(words.PASSED, passed)}"


def _result(folio: Folio, paper: TechnicalReport) -> None:
    """Say who goes on and who does not, by name, and what becomes of the prices."""
    passed = [who(one.applicant) for one in paper.assessments if one.passed]
    below = [who(one.applicant) for one in paper.assessments if not one.passed]
    if passed:
        folio.text(folio.say(words.GO_ON))
        folio.items(passed)
    if below:
        folio.text(folio.say(words.BELOW_SEALED if paper.two_envelopes else words.BELOW))
        folio.items(below)
