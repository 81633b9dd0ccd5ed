"""The administrative compliance grid: one row an application, one column a required document."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from procurement.letters.blocks import references
from procurement.letters.docx import Folio
from procurement.letters.facts import Applicant, Paper, Requirement, Signature
from procurement.letters.results import named, who
from procurement.letters.signing import signatures
from procurement.letters.tables import Cell, Column, Row
from procurement.letters.words import common, kinds
from procurement.letters.words import compliance_grid as words
from procurement.letters.words import tables as table_words

KIND = "compliance_grid"
TEMPLATE_VERSION = "1"
ItemState = Literal["present", "missing", "completed", "refused", "not_required"]
_ACROSS = 10  # required documents side by side on a page


@dataclass(frozen=True, kw_only=True)
class ComplianceItem:
    """One required document of one application as it was found, after any request to complete."""

    requirement: str
    state: ItemState
    remark: str = ""


@dataclass(frozen=True, kw_only=True)
class CompletionRequest:
    """The one request to complete a file, its window, and when it was answered."""

    asked: str
    asked_at: datetime
    due_at: datetime
    answered_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class ComplianceLine:
    """An application's items, the decision on it and the reason."""

    applicant: Applicant
    items: tuple[ComplianceItem, ...]
    compliant: bool
    reason: str = ""
    request: CompletionRequest | None = None


@dataclass(frozen=True, kw_only=True)
class ComplianceGrid(Paper):
    """The grid of every application opened, in the order of the opening report."""

    requirements: tuple[Requirement, ...]
    lines: tuple[ComplianceLine, ...]
    checked_by: str = ""
    checked_at: datetime | None = None
    signatures: tuple[Signature, ...] = ()


def render(*, paper: ComplianceGrid) -> bytes:
    """The grid as a Word file, in landscape; refuses facts that are not of the declared shape."""
    folio = Folio(paper=paper, kind=KIND, version=TEMPLATE_VERSION, title=words.TITLE, landscape=True)
    checked = folio.instant(paper.checked_at) if paper.checked_at else ""
    references(folio, (folio.say(words.CHECKED_BY), paper.checked_by), (folio.say(words.CHECKED_ON), checked))
    compliant = sum(line.compliant for line in paper.lines)
    folio.text(folio.count(words.LEAD, compliant, total=len(paper.lines)), style="Lead")
    folio.chapter(words.GRID)
    _grid(folio, paper)
    folio.chapter(words.LEGEND)
    _legend(folio, paper.requirements)
    _requests(folio, paper)
    _remarks(folio, paper)
    folio.chapter(words.DECISIONS)
    _decisions(folio, paper)
    signatures(folio, paper.signatures)
    return folio.finish()


def _grid(folio: Folio, paper: ComplianceGrid) -> None:
    asked = paper.requirements
    for start in range(0, len(asked), _ACROSS):
        part = asked[start : start + _ACROSS]
        facts = {"first": part[0].code, "last": part[-1].code}
        _part(folio, paper.lines, part, folio.say(words.GRID_PART, **facts), split=len(asked) > _ACROSS)


def _part(
    folio: Folio, lines: Sequence[ComplianceLine], asked: Sequence[Requirement], title: str, *, split: bool
) -> None:
    columns = [Column(title=folio.say(common.APPLICATION), share=28)]
    columns += [Column(title=one.code, share=9) for one in asked]
    columns.append(Column(title=folio.say(common.DECISION), share=16))
    rows: list[Row] = []
    for line in lines:
        found = {item.requirement: item.state for item in line.items}
        states = [_state(folio, found.get(one.code)) for one in asked]
        decision = folio.say(kinds.OUTCOMES["compliant" if line.compliant else "non_compliant"])
        rows.append([who(line.applicant), *states, Cell(text=decision, strong=True)])
    folio.table(columns, rows, title=title, caption=split)


def _state(folio: Folio, state: ItemState | None) -> Cell:
    if state is None:
        return Cell(text=folio.say(common.EMPTY))
    return Cell(text=folio.say(words.STATES[state]), strong=state != "present")


def _legend(folio: Folio, asked: Sequence[Requirement]) -> None:
    columns = (
        Column(title=folio.say(common.CODE), share=8),
        Column(title=folio.say(table_words.REQUIREMENT), share=62),
        Column(title=folio.say(table_words.ENVELOPE), share=30),
    )
    rows: list[Row] = [[one.code, one.title, folio.say(kinds.ENVELOPES[one.envelope])] for one in asked]
    folio.table(columns, rows, title=folio.say(words.LEGEND))


def _requests(folio: Folio, paper: ComplianceGrid) -> None:
    folio.chapter(words.REQUESTS)
    columns = (
        Column(title=folio.say(common.APPLICATION), share=22),
        Column(title=folio.say(words.ASKED), share=34),
        Column(title=folio.say(words.WINDOW), share=26),
        Column(title=folio.say(words.ANSWERED), share=18),
    )
    rows: list[Row] = []
    for line in paper.lines:
        if line.request is None:
            continue
        request = line.request
        asked_at, due_at = folio.instant(request.asked_at), folio.instant(request.due_at)
        answer = folio.say(words.NOT_ANSWERED)
        if request.answered_at is not None:
            answer = folio.say(words.ANSWERED_AT, instant=folio.instant(request.answered_at))
        window = folio.say(words.WINDOW_SAID, asked=asked_at, due=due_at)
        rows.append([who(line.applicant), request.asked, window, answer])
    folio.table(columns, rows, title=folio.say(words.REQUESTS))


def _remarks(folio: Folio, paper: ComplianceGrid) -> None:
    rows: list[Row] = [
        [who(line.applicant), item.requirement, item.remark]
        for line in paper.lines
        for item in line.items
        if item.remark
    ]
    if not rows:
        return
    folio.chapter(words.REMARKS)
    columns = (
        Column(title=folio.say(common.APPLICATION), share=26),
        Column(title=folio.say(table_words.REQUIREMENT), share=10),
        Column(title=folio.say(common.REMARKS), share=64),
    )
    folio.table(columns, rows, title=folio.say(words.REMARKS))


def _decisions(folio: Folio, paper: ComplianceGrid) -> None:
    columns = (
        Column(title=folio.say(common.APPLICATION), share=32),
        Column(title=folio.say(common.DECISION), share=20),
        Column(title=folio.say(common.REASON), share=48),
    )
    rows: list[Row] = []
    for line in paper.lines:
        decision = folio.say(kinds.OUTCOMES["compliant" if line.compliant else "non_compliant"])
        applicant = named(folio, line.applicant, labelled=True)
        rows.append([applicant, decision, line.reason or folio.say(common.EMPTY)])
    folio.table(columns, rows, title=folio.say(words.DECISIONS))
