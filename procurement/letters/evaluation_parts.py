"""What the two reports of a committee share: the technical one, and the one that proposes an award."""

from dataclasses import dataclass

from procurement.letters import evaluation_technical
from procurement.letters.assessments import Assessment, Deviation, Interview
from procurement.letters.blocks import annexes_table, committee_table, references, timetable
from procurement.letters.docx import Folio
from procurement.letters.facts import Annex, Ceiling, Criterion, Member, Method, Milestone, Paper, Signature
from procurement.letters.outcomes import Reception
from procurement.letters.results import named, who
from procurement.letters.signing import signatures
from procurement.letters.tables import Cell, Column, Row
from procurement.letters.words import common, kinds
from procurement.letters.words import evaluation_report as words
from procurement.letters.words.method import METHODS


@dataclass(frozen=True, kw_only=True)
class EvaluationPaper(Paper):
    """A report of the committee up to the technical marks."""

    procedure: str
    method: Method
    criteria: tuple[Criterion, ...]
    committee: tuple[Member, ...]
    received: tuple[Reception, ...]
    assessments: tuple[Assessment, ...]
    ceiling: Ceiling | None = None
    timeline: tuple[Milestone, ...] = ()
    committee_changes: tuple[str, ...] = ()
    deviations: tuple[Deviation, ...] = ()
    compliance: str = ""
    interviews: tuple[Interview, ...] = ()
    signatures: tuple[Signature, ...] = ()
    annexes: tuple[Annex, ...] = ()


def until_the_marks(folio: Folio, paper: EvaluationPaper, *, answer: str) -> None:
    """The answer first, then everything up to the marks and the interviews they come from."""
    references(folio)
    folio.text(answer, style="Lead")
    procedure(folio, paper)
    committee(folio, paper)
    received(folio, paper)
    evaluation_technical.write(folio, criteria=paper.criteria, method=paper.method, assessments=paper.assessments)
    interviews(folio, paper)


def signed(folio: Folio, paper: EvaluationPaper, *, statement: str) -> None:
    """What stands below the last word: the signatures, the annexes, and every sheet."""
    signatures(folio, paper.signatures, before=statement)
    annexes_table(folio, paper.annexes)
    evaluation_technical.write_sheets(folio, criteria=paper.criteria, assessments=paper.assessments)


def procedure(folio: Folio, paper: EvaluationPaper) -> None:
    """The procedure, its rule set, what the call changed in it, and the timetable followed."""
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


def committee(folio: Folio, paper: EvaluationPaper) -> None:
    """Who sat on the committee, that they declared, and who came and went."""
    folio.chapter(words.COMMITTEE)
    committee_table(folio, paper.committee)
    folio.text(folio.say(words.DECLARATIONS))
    if paper.committee_changes:
        folio.chapter(words.CHANGES, level=2)
        folio.items(paper.committee_changes)


def received(folio: Folio, paper: EvaluationPaper) -> None:
    """What came in and what was decided on it."""
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


def interviews(folio: Folio, paper: EvaluationPaper) -> None:
    """Who was heard and when, where there were interviews."""
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
