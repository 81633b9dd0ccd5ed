"""Tables that several papers share and that describe the call: criteria, documents, dates, people."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from decimal import Decimal

from procurement.letters.docx import Folio
from procurement.letters.facts import Annex, Criterion, Member, Milestone, Requirement
from procurement.letters.tables import Cell, Column, Row
from procurement.letters.wording import decimals
from procurement.letters.words import common, kinds
from procurement.letters.words import tables as words

INDENT = 227  # a level of the criteria tree, in twentieths of a point


def references(folio: Folio, *more: tuple[str, Cell | str], date: bool = True) -> None:
    """The reference block under a title: the call, the paper, its date, and what is added."""
    paper = folio.paper
    rows: list[tuple[str, Cell | str]] = [
        (folio.say(common.CALL_REFERENCE), paper.call.reference),
        (folio.say(common.PAPER_REFERENCE), paper.number),
    ]
    if date:
        rows.append((folio.say(common.ISSUED), folio.instant(paper.issued_at)))
    folio.facts([*rows, *more], title=folio.say(common.REFERENCES))


def tree(criteria: Sequence[Criterion], *, depth: int = 0) -> Iterator[tuple[Criterion, int]]:
    """Every node of a criteria tree in reading order, with its depth."""
    for criterion in criteria:
        yield criterion, depth
        yield from tree(criterion.children, depth=depth + 1)


def leaves(criteria: Sequence[Criterion]) -> tuple[Criterion, ...]:
    """The criteria that are marked, in reading order."""
    return tuple(one for one, _ in tree(criteria) if not one.children)


def criterion_cell(folio: Folio, criterion: Criterion, depth: int, *, noted: bool = False) -> Cell:
    """A criterion's code and title, set in by its depth; `noted` adds how its interview is given."""
    note = ""
    if noted and criterion.interview and criterion.invited_from is not None:
        note = folio.say(words.INTERVIEW_FROM, mark=folio.number(criterion.invited_from))
    elif noted and criterion.interview:
        note = folio.say(words.INTERVIEW)
    text = f"{criterion.code}\u2002{criterion.title}"
    return Cell(text=text, note=note, strong=depth == 0, indent=INDENT * depth)


def criteria_table(folio: Folio, criteria: Sequence[Criterion]) -> None:
    """The criteria tree with maxima, minima and, where they are not all 1, weights."""
    weighted = any(one.weight != 1 for one, _ in tree(criteria))
    columns = [
        Column(title=folio.say(words.CRITERION), share=64),
        Column(title=folio.say(words.MAXIMUM), share=12, align="right"),
        Column(title=folio.say(words.MINIMUM), share=12, align="right"),
    ]
    if weighted:
        columns.append(Column(title=folio.say(words.WEIGHT), share=12, align="right"))
    rows: list[Row] = []
    every = [one for one, _ in tree(criteria)]
    digits = _digits(one.maximum for one in every), _digits(one.minimum for one in every)
    for one, depth in tree(criteria):
        figures = [folio.number(one.maximum, digits[0]), folio.number(one.minimum, digits[1])]
        figures += [folio.number(one.weight)] if weighted else []
        told = [Cell(text=figure, strong=depth == 0) for figure in figures]
        rows.append([criterion_cell(folio, one, depth, noted=True), *told])
    folio.table(columns, rows, title=folio.say(words.CRITERIA))


def _digits(column: Iterable[Decimal | None]) -> int:
    # As many decimals as the figure of the column that has most: the points stand in line.
    return max((decimals(figure) for figure in column if figure is not None), default=0)


def requirements_table(folio: Folio, requirements: Sequence[Requirement]) -> None:
    """What must be supplied, one table for each envelope that asks for something."""
    columns = (
        Column(title=folio.say(common.CODE), share=10),
        Column(title=folio.say(words.REQUIREMENT), share=70),
        Column(title=folio.say(words.FORMATS), share=20),
    )
    for envelope, name in kinds.ENVELOPES.items():
        asked = [one for one in requirements if one.envelope == envelope]
        if asked:
            rows = [_requirement(folio, one) for one in asked]
            folio.table(columns, rows, title=folio.say(name), caption=True)


def _requirement(folio: Folio, one: Requirement) -> Row:
    flags = ((one.optional, words.OPTIONAL), (one.personal, words.PERSONAL))
    note = ", ".join(folio.say(word) for held, word in flags if held)
    formats = ", ".join(one.formats) or folio.say(common.EMPTY)
    return [one.code, Cell(text=one.title, note=note), formats]


def when(folio: Folio, milestone: Milestone) -> str:
    """A milestone's instant, interval or whole days, in the call's zone."""

    def told(instant: datetime) -> str:
        return folio.day(instant) if milestone.whole_day else folio.instant(instant)

    start = told(milestone.starts_at)
    if milestone.ends_at is None:
        return start
    return folio.say(common.FROM_TO, start=start, end=told(milestone.ends_at))


def timetable(folio: Folio, timeline: Sequence[Milestone]) -> None:
    """The dates of a procedure, in the order given."""
    columns = (
        Column(title=folio.say(common.STEP), share=46),
        Column(title=folio.say(common.DATE_AND_TIME), share=54),
    )
    rows: list[Row] = [[Cell(text=one.label), when(folio, one)] for one in timeline]
    folio.table(columns, rows, title=folio.say(words.TIMETABLE))


def committee_table(folio: Folio, members: Sequence[Member]) -> None:
    """Who sits on a committee or beside it, in which role, with or without a vote."""
    columns = (
        Column(title=folio.say(common.NAME), share=36),
        Column(title=folio.say(common.ORGANISATION), share=28),
        Column(title=folio.say(common.ROLE), share=22),
        Column(title=folio.say(common.VOTE), share=14),
    )
    rows: list[Row] = []
    for one in members:
        name = f"{one.label}\u2002{one.name}" if one.label else one.name
        vote = folio.say(common.VOTING if one.voting else common.NOT_VOTING)
        rows.append([name, one.organisation, folio.say(kinds.ROLES[one.role]), vote])
    folio.table(columns, rows, title=folio.say(words.COMMITTEE))


def annexes_table(folio: Folio, annexes: Sequence[Annex]) -> None:
    """The documents joined to a paper, with their references and digests; nothing without any."""
    if not annexes:
        return
    folio.chapter(common.ANNEXES)
    columns = (
        Column(title=folio.say(common.NUMBER), share=7),
        Column(title=folio.say(common.DOCUMENT), share=65),
        Column(title=folio.say(common.REFERENCE), share=28),
    )
    rows: list[Row] = []
    for at, one in enumerate(annexes, start=1):
        rows.append([str(at), Cell(text=one.title, digest=one.sha256), one.reference])
    folio.table(columns, rows, title=folio.say(common.ANNEXES))
