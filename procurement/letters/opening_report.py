"""The report of an opening session, written by the session itself."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from procurement.letters.blocks import committee_table, references, timetable
from procurement.letters.docx import Folio
from procurement.letters.facts import EnvelopeKind, Member, Milestone, Paper, Signature
from procurement.letters.outcomes import Reception
from procurement.letters.results import named, who
from procurement.letters.signing import signatures
from procurement.letters.tables import Cell, Column, Row
from procurement.letters.words import common, kinds
from procurement.letters.words import opening_report as words

KIND = "opening_report"
TEMPLATE_VERSION = "1"
EnvelopeState = Literal["opened", "sealed", "absent"]


@dataclass(frozen=True, kw_only=True)
class Attendance:
    """A key holder or another person present, when they confirmed it, and when their pieces were complete."""

    member: Member
    confirmed_at: datetime | None = None
    released_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Opened:
    """An application whose envelope was opened; `remark` tells what was seen."""

    reception: Reception
    technical: EnvelopeState = "opened"
    financial: EnvelopeState = "sealed"
    remark: str = ""


@dataclass(frozen=True, kw_only=True)
class OpeningReport(Paper):
    """An opening report; `needed` of `holders` key holders make the quorum; `left_sealed` lists
    the late, withdrawn and superseded ones; `checkpoint` is the signed note of the log at that moment."""

    envelope: EnvelopeKind
    started_at: datetime
    needed: int
    holders: int
    attendance: tuple[Attendance, ...]
    opened: tuple[Opened, ...]
    left_sealed: tuple[Reception, ...] = ()
    committee: tuple[Member, ...] = ()
    timeline: tuple[Milestone, ...] = ()
    closed_at: datetime | None = None
    place: str = ""
    minutes: str = ""
    incidents: tuple[str, ...] = ()
    root: str = ""
    checkpoint: str = ""
    conclusion: str = ""
    signatures: tuple[Signature, ...] = ()


def render(*, paper: OpeningReport) -> bytes:
    """The report as a Word file; refuses a paper whose facts are not of the declared shape."""
    folio = Folio(paper=paper, kind=KIND, version=TEMPLATE_VERSION, title=words.TITLE)
    references(folio)
    _session(folio, paper)
    if paper.committee:
        folio.chapter(words.COMMITTEE)
        committee_table(folio, paper.committee)
    if paper.timeline:
        folio.chapter(words.TIMETABLE)
        timetable(folio, paper.timeline)
    folio.chapter(words.APPLICATIONS)
    _opened(folio, paper)
    folio.chapter(words.OTHERS)
    _left_sealed(folio, paper)
    _told(folio, paper)
    signatures(folio, paper.signatures)
    return folio.finish()


def _session(folio: Folio, paper: OpeningReport) -> None:
    folio.chapter(words.SESSION)
    quorum = folio.say(words.QUORUM_SAID, needed=paper.needed, holders=paper.holders)
    folio.facts(
        [
            (folio.say(words.ENVELOPE), folio.say(kinds.ENVELOPES[paper.envelope])),
            (folio.say(words.PLACE), paper.place),
            (folio.say(words.STARTED), folio.instant(paper.started_at, "second")),
            (folio.say(words.CLOSED), folio.instant(paper.closed_at) if paper.closed_at else ""),
            (folio.say(words.QUORUM), quorum),
        ],
        title=folio.say(words.SESSION),
    )
    folio.chapter(words.ATTENDANCE, level=2)
    columns = (
        Column(title=folio.say(common.NAME), share=26),
        Column(title=folio.say(common.ROLE), share=22),
        Column(title=folio.say(words.CONFIRMED), share=26),
        Column(title=folio.say(words.RELEASED), share=26),
    )
    rows: list[Row] = []
    for one in paper.attendance:
        role = Cell(text=folio.say(kinds.ROLES[one.member.role]), note=one.member.organisation)
        moments = (one.confirmed_at, one.released_at)
        written = [folio.moment(moment) if moment else folio.say(common.EMPTY) for moment in moments]
        rows.append([one.member.name, role, *written])
    folio.table(columns, rows, title=folio.say(words.ATTENDANCE))


def _opened(folio: Folio, paper: OpeningReport) -> None:
    columns = (
        Column(title=folio.say(common.APPLICATION), share=26),
        Column(title=folio.say(common.RECEIVED), share=30),
        Column(title=folio.say(words.TECHNICAL), share=11),
        Column(title=folio.say(words.FINANCIAL), share=11),
        Column(title=folio.say(common.REMARKS), share=22),
    )
    states = {"opened": words.OPENED, "sealed": words.SEALED, "absent": words.ABSENT}
    rows: list[Row] = []
    for one in paper.opened:
        rows.append(
            [
                named(folio, one.reception.applicant, labelled=True),
                folio.moment(one.reception.received_at),
                folio.say(states[one.technical]),
                folio.say(states[one.financial]),
                one.remark,
            ]
        )
    folio.table(columns, rows, title=folio.say(words.APPLICATIONS))


def _left_sealed(folio: Folio, paper: OpeningReport) -> None:
    columns = (
        Column(title=folio.say(common.APPLICATION), share=27),
        Column(title=folio.say(common.RECEIVED), share=31),
        Column(title=folio.say(words.STATE), share=42),
    )
    rows: list[Row] = [
        [
            who(one.applicant),
            folio.moment(one.received_at),
            Cell(text=folio.say(kinds.OUTCOMES[one.outcome]), note=one.reason),
        ]
        for one in paper.left_sealed
    ]
    folio.table(columns, rows, title=folio.say(words.OTHERS))


def _told(folio: Folio, paper: OpeningReport) -> None:
    if paper.minutes:
        folio.chapter(words.MINUTES)
        folio.text(paper.minutes)
    folio.chapter(words.INCIDENTS)
    folio.items(paper.incidents)
    if not paper.incidents:
        folio.text(folio.say(words.NO_INCIDENT))
    if paper.root:
        folio.chapter(words.ROOT)
        folio.text(folio.say(words.ROOT_NOTE), keep=True)
        folio.digest(paper.root)
    if paper.checkpoint:
        folio.chapter(words.CHECKPOINT)
        folio.text(folio.say(words.CHECKPOINT_NOTE), keep=True)
        folio.lines(paper.checkpoint)
    if paper.conclusion:
        folio.chapter(words.CONCLUSION)
        folio.text(paper.conclusion)
