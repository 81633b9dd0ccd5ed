"""The notice of a call with its terms of reference."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from procurement.letters.blocks import criteria_table, references, requirements_table, timetable
from procurement.letters.docx import Folio
from procurement.letters.facts import Ceiling, Criterion, Method, Milestone, Paper, Requirement, Role
from procurement.letters.results import method_text
from procurement.letters.tables import Cell, Column
from procurement.letters.words import common, kinds
from procurement.letters.words import notice as words

KIND = "notice"
TEMPLATE_VERSION = "1"


@dataclass(frozen=True, kw_only=True)
class Section:
    """A part of the terms of reference: running text, then a list; an empty line parts two
    paragraphs."""

    title: str
    text: str = ""
    items: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Deliverable:
    """What is delivered, when (in words), and the share of the price (0 to 1) paid for it."""

    code: str
    title: str
    due: str = ""
    payment: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class Key:
    """The key of a holder: the seat it goes with, and the SHA-256 of its public half."""

    role: Role
    label: str
    fingerprint: str


@dataclass(frozen=True, kw_only=True)
class Notice(Paper):
    """A call notice; a ceiling whose mode is hidden is announced without its amount."""

    version: int
    procedure: str
    deadline: datetime
    method: Method
    criteria: tuple[Criterion, ...]
    requirements: tuple[Requirement, ...] = ()
    timeline: tuple[Milestone, ...] = ()
    sections: tuple[Section, ...] = ()
    deliverables: tuple[Deliverable, ...] = ()
    ceiling: Ceiling | None = None
    cpv: str = ""
    lots: tuple[str, ...] = ()
    eligibility: str = ""
    submission_address: str = ""
    languages: tuple[str, ...] = ()
    validity_days: int | None = None
    questions_until: datetime | None = None
    answers_until: datetime | None = None
    opening_at: datetime | None = None
    standstill_days: int = 0
    example: str = ""
    remedies: str = ""
    data_protection: str = ""
    changes: str = ""
    keys: tuple[Key, ...] = ()
    quorum: int = 0


def render(*, paper: Notice) -> bytes:
    """The notice as a Word file; refuses a paper whose facts are not of the declared shape."""
    folio = Folio(paper=paper, kind=KIND, version=TEMPLATE_VERSION, title=words.TITLE)
    _front(folio, paper)
    _object(folio, paper)
    _terms(folio, paper)
    _budget(folio, paper)
    _conditions(folio, paper)
    _evaluation(folio, paper)
    if paper.timeline:
        folio.chapter(words.TIMETABLE)
        timetable(folio, paper.timeline)
    _submission(folio, paper)
    _after(folio, paper)
    return folio.finish()


def _front(folio: Folio, paper: Notice) -> None:
    deadline = Cell(text=folio.instant(paper.deadline), note=folio.say(words.DEADLINE_NOTE), accent=True)
    references(
        folio,
        (folio.say(words.DEADLINE), deadline),
        (folio.say(words.VERSION), str(paper.version)),
        (folio.say(words.CEILING), _ceiling(folio, paper.ceiling)),
        (folio.say(words.CHANGES), paper.changes),
    )


def _ceiling(folio: Folio, ceiling: Ceiling | None) -> Cell | str:
    if ceiling is None:
        return ""
    rule = folio.say(kinds.CEILINGS[ceiling.mode])
    if ceiling.mode == "hidden":
        return rule
    return Cell(text=folio.amount(ceiling.price, tax=True), note=rule)


def _object(folio: Folio, paper: Notice) -> None:
    authority = paper.call.authority
    folio.chapter(words.OBJECT)
    rows: list[tuple[str, Cell | str]] = [
        (folio.say(common.AUTHORITY), f"{authority.name}, {authority.city}"),
        (folio.say(words.PROGRAMME), paper.call.programme),
        (folio.say(words.FUNDER), paper.call.funder),
        (folio.say(words.PROCEDURE), paper.procedure),
        (folio.say(words.CPV), paper.cpv),
        (folio.say(words.LOTS), "\n".join(paper.lots) or folio.say(words.ONE_LOT)),
        (folio.say(words.CONTACT), authority.email),
    ]
    folio.facts(rows, title=folio.say(words.OBJECT))


def _terms(folio: Folio, paper: Notice) -> None:
    if not paper.sections and not paper.deliverables:
        return
    folio.chapter(words.TERMS)
    for section in paper.sections:
        folio.heading(section.title, level=2)
        folio.text(section.text)
        folio.items(section.items)
    if not paper.deliverables:
        return
    folio.chapter(words.DELIVERABLES, level=2)
    columns = (
        Column(title=folio.say(common.CODE), share=9),
        Column(title=folio.say(words.DELIVERABLE), share=53),
        Column(title=folio.say(words.DUE), share=24),
        Column(title=folio.say(words.PAYMENT), share=14, align="right"),
    )
    rows = [[one.code, one.title, one.due, folio.percent(one.payment)] for one in paper.deliverables]
    folio.table(columns, rows, title=folio.say(words.DELIVERABLES))


def _budget(folio: Folio, paper: Notice) -> None:
    ceiling = paper.ceiling
    if ceiling is None:
        return
    folio.chapter(words.BUDGET)
    if ceiling.mode != "hidden":
        amount = folio.amount(ceiling.price, tax=True)
        folio.text(folio.say(words.CEILING_AMOUNT, amount=amount), strong=True)
    folio.text(folio.say(kinds.CEILINGS[ceiling.mode]))
    if ceiling.person_days is not None:
        folio.text(folio.say(words.PERSON_DAYS, days=folio.number(ceiling.person_days)))


def _conditions(folio: Folio, paper: Notice) -> None:
    if paper.eligibility:
        folio.chapter(words.CONDITIONS)
        folio.text(paper.eligibility)
    if paper.requirements:
        folio.chapter(words.DOCUMENTS)
        if any(one.envelope == "financial" for one in paper.requirements):
            folio.text(folio.say(words.DOCUMENTS_NOTE))
        requirements_table(folio, paper.requirements)


def _evaluation(folio: Folio, paper: Notice) -> None:
    folio.chapter(words.EVALUATION)
    folio.chapter(words.CRITERIA, level=2)
    criteria_table(folio, paper.criteria)
    folio.chapter(words.METHOD, level=2)
    method_text(folio, method=paper.method, criteria=paper.criteria)
    if paper.example:
        folio.text(folio.say(words.EXAMPLE, example=paper.example), style="Note")


def _submission(folio: Folio, paper: Notice) -> None:
    folio.chapter(words.SUBMISSION)
    folio.text(folio.say(words.SEALED))

    def until(instant: datetime | None) -> str:
        return "" if instant is None else folio.say(words.UNTIL, instant=folio.instant(instant))

    days = paper.validity_days
    rows: list[tuple[str, Cell | str]] = [
        (folio.say(words.SUBMIT_AT), paper.submission_address),
        (folio.say(words.DEADLINE), Cell(text=folio.instant(paper.deadline), strong=True)),
        (folio.say(words.LANGUAGES), ", ".join(paper.languages)),
        (folio.say(words.VALIDITY), "" if days is None else folio.count(words.VALIDITY_DAYS, days)),
        (folio.say(words.QUESTIONS), until(paper.questions_until)),
        (folio.say(words.ANSWERS), until(paper.answers_until)),
        (folio.say(words.OPENING), folio.instant(paper.opening_at) if paper.opening_at else ""),
    ]
    folio.facts(rows, title=folio.say(words.SUBMISSION))
    _keys(folio, paper)


def _keys(folio: Folio, paper: Notice) -> None:
    """How the envelopes are sealed, and to which keys: whoever seals can compare."""
    if not paper.keys:
        return
    folio.chapter(words.KEYS, level=2)
    folio.text(folio.say(words.KEYS_NOTE, quorum=folio.number(paper.quorum), keys=folio.number(len(paper.keys))))
    columns = (Column(title=folio.say(words.HOLDER), share=22), Column(title=folio.say(words.FINGERPRINT), share=78))
    rows = [[f"{folio.say(kinds.ROLES[one.role])} {one.label}".strip(), one.fingerprint] for one in paper.keys]
    folio.table(columns, rows, title=folio.say(words.KEYS))
    folio.text(folio.say(words.LOST_KEYS))


def _after(folio: Folio, paper: Notice) -> None:
    if paper.standstill_days or paper.remedies:
        folio.chapter(words.AFTER)
    if paper.standstill_days:
        days = folio.count(common.FULL_DAYS, paper.standstill_days)
        folio.text(folio.say(words.STANDSTILL, days=days))
    folio.text(paper.remedies)
    if paper.data_protection:
        folio.chapter(words.DATA_PROTECTION)
        folio.text(paper.data_protection)
