"""The report of an evaluation committee, from the applications received to the proposal."""

from dataclasses import dataclass

from procurement.letters import evaluation_result, evaluation_technical
from procurement.letters.assessments import Assessment, Deviation, Interview
from procurement.letters.blocks import annexes_table, committee_table, references, timetable
from procurement.letters.docx import Folio
from procurement.letters.facts import (
    Annex,
    Applicant,
    Ceiling,
    Criterion,
    Member,
    Method,
    Milestone,
    Paper,
    Signature,
)
from procurement.letters.outcomes import NO_TIE, EngineRun, Exclusion, PriceLine, Ranked, Reception, Tie
from procurement.letters.results import method_text, named, who
from procurement.letters.signing import signatures
from procurement.letters.tables import Cell, Column, Row
from procurement.letters.words import common, kinds
from procurement.letters.words import evaluation_report as words
from procurement.letters.words.method import METHODS

KIND = "evaluation_report"
TEMPLATE_VERSION = "1"


@dataclass(frozen=True, kw_only=True)
class EvaluationReport(Paper):
    """An evaluation report; `recommended` is empty when the committee proposes no award."""

    procedure: str
    method: Method
    criteria: tuple[Criterion, ...]
    committee: tuple[Member, ...]
    received: tuple[Reception, ...]
    assessments: tuple[Assessment, ...]
    prices: tuple[PriceLine, ...] = ()
    ranking: tuple[Ranked, ...] = ()
    exclusions: tuple[Exclusion, ...] = ()
    tie: Tie = NO_TIE
    recommended: Applicant | None = None
    recommendation: str = ""
    ceiling: Ceiling | None = None
    timeline: tuple[Milestone, ...] = ()
    committee_changes: tuple[str, ...] = ()
    deviations: tuple[Deviation, ...] = ()
    compliance: str = ""
    interviews: tuple[Interview, ...] = ()
    financial_remarks: str = ""
    engine: EngineRun | None = None
    signatures: tuple[Signature, ...] = ()
    annexes: tuple[Annex, ...] = ()


def render(*, paper: EvaluationReport) -> bytes:
    """The report as a Word file; refuses a paper whose facts are not of the declared shape."""
    folio = Folio(paper=paper, kind=KIND, version=TEMPLATE_VERSION, title=words.TITLE)
    references(folio)
    folio.text(_answer(folio, paper), style="Lead")
    _procedure(folio, paper)
    _committee(folio, paper)
    _received(folio, paper)
    evaluation_technical.write(folio, criteria=paper.criteria, method=paper.method, assessments=paper.assessments)
    _interviews(folio, paper)
    evaluation_result.write_prices(folio, prices=paper.prices, remarks=paper.financial_remarks)
    _ranking(folio, paper)
    folio.chapter(words.PROPOSAL)
    folio.text(_answer(folio, paper), strong=True)
    folio.text(paper.recommendation)
    signatures(folio, paper.signatures, before=folio.say(words.SIGNED_STATEMENT))
    annexes_table(folio, paper.annexes)
    evaluation_technical.write_sheets(folio, criteria=paper.criteria, assessments=paper.assessments)
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


def _procedure(folio: Folio, paper: EvaluationReport) -> None:
    folio.chapter(words.PROCEDURE)
    ceiling: Cell | str = ""
    if paper.ceiling is not None:
        rule = kinds.CEILINGS_REPORTED[paper.ceiling.mode]
        ceiling = Cell(text=folio.amount(paper.ceiling.price, tax=True), note=folio.say(rule))
    threshold = paper.method.threshold
    folio.facts(
        [
            (folio.say(common.AUTHORITY), paper.call.authority.name),
            (folio.say(words.PROGRAMME), paper.call.programme),
            (folio.say(words.PROCEDURE), paper.procedure),
            (folio.say(words.METHOD), folio.say(METHODS[paper.method.name])),
            (folio.say(words.THRESHOLD), "" if threshold is None else folio.number(threshold)),
            (folio.say(words.CEILING), ceiling),
        ],
        title=folio.say(words.PROCEDURE),
    )
    if paper.deviations:
        folio.chapter(words.DEVIATIONS, level=2)
        columns = (
            Column(title=folio.say(words.RULE), share=28),
            Column(title=folio.say(words.VALUE), share=24),
            Column(title=folio.say(common.REASON), share=48),
        )
        rows = [[one.rule, one.value, one.reason] for one in paper.deviations]
        folio.table(columns, rows, title=folio.say(words.DEVIATIONS))
    if paper.timeline:
        folio.chapter(words.TIMETABLE, level=2)
        timetable(folio, paper.timeline)


def _committee(folio: Folio, paper: EvaluationReport) -> None:
    folio.chapter(words.COMMITTEE)
    committee_table(folio, paper.committee)
    folio.text(folio.say(words.DECLARATIONS))
    if paper.committee_changes:
        folio.chapter(words.CHANGES, level=2)
        folio.items(paper.committee_changes)


def _received(folio: Folio, paper: EvaluationReport) -> None:
    folio.chapter(words.RECEIVED)
    columns = (
        Column(title=folio.say(common.APPLICATION), share=32),
        Column(title=folio.say(common.RECEIVED), share=28),
        Column(title=folio.say(words.OUTCOME), share=40),
    )
    rows: list[Row] = []
    for one in paper.received:
        outcome = Cell(text=folio.say(kinds.OUTCOMES[one.outcome]), note=one.reason)
        applicant = named(folio, one.applicant, labelled=True)
        rows.append([applicant, folio.moment(one.received_at), outcome])
    folio.table(columns, rows, title=folio.say(words.RECEIVED))
    folio.text(paper.compliance)


def _interviews(folio: Folio, paper: EvaluationReport) -> None:
    if not paper.interviews:
        return
    folio.chapter(words.INTERVIEWS)
    columns = (
        Column(title=folio.say(common.APPLICATION), share=28),
        Column(title=folio.say(words.BEFORE), share=14, align="right"),
        Column(title=folio.say(words.HELD), share=26),
        Column(title=folio.say(common.REMARKS), share=32),
    )
    rows: list[Row] = []
    for one in paper.interviews:
        held = folio.moment(one.held_at) if one.held_at else folio.say(common.EMPTY)
        rows.append([who(one.applicant), folio.mark(one.before), held, one.remark])
    folio.table(columns, rows, title=folio.say(words.INTERVIEWS))


def _ranking(folio: Folio, paper: EvaluationReport) -> None:
    folio.chapter(words.RANKING)
    folio.chapter(words.FORMULA, level=2)
    method_text(folio, method=paper.method, criteria=paper.criteria)
    evaluation_result.write_ranking(
        folio, ranking=paper.ranking, method=paper.method, tie=paper.tie, exclusions=paper.exclusions
    )
    if paper.engine is not None:
        evaluation_result.write_engine(folio, paper.engine)
