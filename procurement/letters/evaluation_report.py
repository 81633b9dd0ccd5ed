"""The report of an evaluation committee, from the applications received to the proposal."""

from dataclasses import dataclass

from procurement.letters import evaluation_parts, evaluation_result
from procurement.letters.docx import Folio
from procurement.letters.evaluation_parts import EvaluationPaper
from procurement.letters.facts import Applicant
from procurement.letters.outcomes import NO_TIE, EngineRun, Exclusion, PriceLine, Ranked, Tie
from procurement.letters.results import method_text, who
from procurement.letters.words import evaluation_report as words

KIND = "evaluation_report"
TEMPLATE_VERSION = "1"


@dataclass(frozen=True, kw_only=True)
class EvaluationReport(EvaluationPaper):
    """An evaluation report; `recommended` is empty when the committee proposes no award."""

    prices: tuple[PriceLine, ...] = ()
    ranking: tuple[Ranked, ...] = ()
    exclusions: tuple[Exclusion, ...] = ()
    tie: Tie = NO_TIE
    recommended: Applicant | None = None
    recommendation: str = ""
    financial_remarks: str = ""
    engine: EngineRun | None = None


def render(*, paper: EvaluationReport) -> bytes:
    """The report as a Word file; refuses a paper whose facts are not of the declared shape."""
    folio = Folio(paper=paper, kind=KIND, version=TEMPLATE_VERSION, title=words.TITLE)
    evaluation_parts.until_the_marks(folio, paper, answer=_answer(folio, paper))
    evaluation_result.write_prices(folio, prices=paper.prices, remarks=paper.financial_remarks)
    _ranking(folio, paper)
    folio.chapter(words.PROPOSAL)
    folio.text(_answer(folio, paper), strong=True)
    folio.text(paper.recommendation)
    evaluation_parts.signed(folio, paper, statement=folio.say(words.SIGNED_STATEMENT))
    return folio.finish()


def _answer(folio: Folio, paper: EvaluationReport) -> str:
    chosen = paper.recommended
    if chosen is None:
        return folio.say(words.NOTHING_PROPOSED)
    row = next((one for one in paper.ranking if one.applicant.label == chosen.label), None)
    if row is None:
        return folio.say(words.PROPOSED_UNRANKED, who=who(chosen))
    if row.price is None or row.financial_score is None:
        return folio.say(words.PROPOSED_UNPRICED, who=who(chosen), mark=folio.mark(row.technical))
    total, price = folio.mark(row.combined), folio.amount(row.price, tax=True)
    return folio.say(words.PROPOSED, who=who(chosen), total=total, price=price)


def _ranking(folio: Folio, paper: EvaluationReport) -> None:
    folio.chapter(words.RANKING)
    folio.chapter(words.FORMULA, level=2)
    method_text(folio, method=paper.method, criteria=paper.criteria)
    evaluation_result.write_ranking(
        folio, ranking=paper.ranking, method=paper.method, tie=paper.tie, exclusions=paper.exclusions
    )
    if paper.engine is not None:
        evaluation_result.write_engine(folio, paper.engine)
