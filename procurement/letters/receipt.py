"""The acknowledgement of receipt of an application."""

from dataclasses import dataclass
from datetime import UTC, datetime

from procurement.letters.blocks import references
from procurement.letters.docx import Folio
from procurement.letters.facts import Applicant, EnvelopeKind, Paper
from procurement.letters.results import named
from procurement.letters.tables import Cell, Column, Row
from procurement.letters.words import common, kinds
from procurement.letters.words import receipt as words

KIND = "receipt"
TEMPLATE_VERSION = "3"
HELD_AGAINST = (  # who; what holds when the service seals; what holds when the browser does
    (words.COPIES, words.NO, words.NO),
    (words.SECRETS, words.NO, words.NO),
    (words.TOO_FEW, words.NO, words.NO),
    (words.SERVER, words.CHANGED, words.SCRIPT),
    (words.COMPUTER, words.YES, words.YES),
    (words.EVERYTHING, words.OPENING, words.OPENING),
)


@dataclass(frozen=True, kw_only=True)
class ReceivedFile:
    """A file as it came in: what it answers (A1, or A5, A6), its name, bytes and SHA-256.

    `commitment` is what the sealed envelope shows of it: SHA-256 of the salt and of the file's digest.
    """

    requirement: str
    envelope: EnvelopeKind
    filename: str
    size: int
    sha256: str
    commitment: str = ""
    salt: str = ""


@dataclass(frozen=True, kw_only=True)
class Sealing:
    """How an envelope is sealed: where, its digest and size as it is kept, and whose keys open it."""

    envelope: EnvelopeKind
    in_browser: bool
    sha256: str
    size: int
    quorum: int
    holders: tuple[str, ...]  # SHA-256 of the public keys


@dataclass(frozen=True, kw_only=True)
class Receipt(Paper):
    """A receipt; `received_at` is the database's clock at the end of the submission, `digest`
    covers the headers of all envelopes, `signature` is that of the signed receipt, in base64."""

    applicant: Applicant
    receipt_number: str
    received_at: datetime
    deadline: datetime
    notice_version: int
    files: tuple[ReceivedFile, ...]
    sealings: tuple[Sealing, ...] = ()
    late: bool = False
    opening_at: datetime | None = None
    replaces: str = ""
    digest: str = ""
    signature: str = ""
    key: str = ""
    next_steps: tuple[str, ...] = ()


def render(*, paper: Receipt) -> bytes:
    """The receipt as a Word file; refuses a paper whose facts are not of the declared shape."""
    folio = Folio(paper=paper, kind=KIND, version=TEMPLATE_VERSION, title=words.TITLE)
    references(folio, (folio.say(words.RECEIPT_NUMBER), Cell(text=paper.receipt_number, strong=True)))
    folio.text(folio.say(words.LATE if paper.late else words.SUBMITTED), style="Lead")
    _received(folio, paper)
    _files(folio, paper)
    _sealings(folio, paper)
    _seal(folio, paper)
    if not paper.late:
        folio.chapter(words.NEXT)
        deadline = folio.instant(paper.deadline)
        folio.text(folio.say(words.REPLACE_UNTIL, instant=deadline))
        folio.items(paper.next_steps)
    return folio.finish()


def _received(folio: Folio, paper: Receipt) -> None:
    folio.chapter(words.WHAT_WAS_RECEIVED)
    universal = f"{paper.received_at.astimezone(UTC):%Y-%m-%d %H:%M:%S.%f}"[:-3] + " UTC"
    received = Cell(
        text=folio.instant(paper.received_at, "millisecond"),
        note=folio.say(words.UTC_NOTE, instant=universal),
        strong=True,
    )
    folio.facts(
        [
            (folio.say(common.APPLICANT), named(folio, paper.applicant)),
            (folio.say(words.RECEIVED_AT), received),
            (folio.say(words.DEADLINE), folio.instant(paper.deadline)),
            (folio.say(words.ANSWERS), folio.say(words.NOTICE_VERSION, version=paper.notice_version)),
            (folio.say(words.REPLACES), paper.replaces),
            (folio.say(words.STATE), _state(folio, paper)),
        ],
        title=folio.say(words.WHAT_WAS_RECEIVED),
    )


def _state(folio: Folio, paper: Receipt) -> str:
    if paper.late:
        return folio.say(words.SEALED_FOR_EVER)
    if paper.opening_at is None:
        return folio.say(words.SEALED)
    return folio.say(words.SEALED_UNTIL, instant=folio.instant(paper.opening_at))


def _files(folio: Folio, paper: Receipt) -> None:
    folio.chapter(words.FILES)
    folio.text(folio.say(common.SHA256_NOTE), style="Note", keep=True)
    columns = (
        Column(title=folio.say(words.DOCUMENT), share=12),
        Column(title=folio.say(words.FILE), share=74),
        Column(title=folio.say(words.SIZE), share=14, align="right"),
    )
    for envelope, name in kinds.ENVELOPES.items():
        held = [one for one in paper.files if one.envelope == envelope]
        rows: list[Row] = [
            [one.requirement, Cell(text=one.filename, digest=one.sha256), folio.size(one.size)] for one in held
        ]
        if rows:
            folio.table(columns, rows, title=folio.say(name), caption=True)
    if not paper.files:
        folio.text(folio.say(common.NONE))


def _sealings(folio: Folio, paper: Receipt) -> None:
    """How each envelope is sealed, and what proves each file where the envelope is opened again."""
    if not paper.sealings:
        return
    folio.chapter(words.SEALING)
    folio.text(folio.say(words.PROMISE))
    columns = (
        Column(title=folio.say(words.ENVELOPE), share=70),
        Column(title=folio.say(words.SIZE), share=30, align="right"),
    )
    rows: list[Row] = [
        [Cell(text=_sealed(folio, one), digest=one.sha256), folio.size(one.size)] for one in paper.sealings
    ]
    folio.table(columns, rows, title=folio.say(words.SEALING))
    _promises(folio, paper)
    folio.text(folio.say(words.HOLDERS), keep=True)
    for holder in paper.sealings[0].holders:
        folio.digest(holder)
    proofs = [one for one in paper.files if one.commitment]
    if proofs:
        folio.text(folio.say(words.COMMITMENTS), style="Note", keep=True)
        columns = (Column(title=folio.say(words.DOCUMENT), share=20), Column(title=folio.say(words.PROOF), share=80))
        lines: list[Row] = [[one.requirement, Cell(text=one.salt, digest=one.commitment)] for one in proofs]
        folio.table(columns, lines, title=folio.say(words.PROOF))


def _promises(folio: Folio, paper: Receipt) -> None:
    """Who could read it before the opening: for each way in which an envelope of this receipt is sealed, a column."""
    ways = sorted({one.in_browser for one in paper.sealings})
    titles = [folio.say(words.IN_BROWSER if way else words.ON_ARRIVAL) for way in ways]
    columns = (
        Column(title=folio.say(words.SOMEBODY), share=50),
        *(Column(title=title, share=50 // len(ways)) for title in titles),
    )
    rows: list[Row] = [
        [folio.say(who), *(folio.say(browser if way else service) for way in ways)]
        for who, service, browser in HELD_AGAINST
    ]
    folio.table(columns, rows, title=folio.say(words.PROMISES), caption=True)


def _sealed(folio: Folio, one: Sealing) -> str:
    where = words.IN_BROWSER if one.in_browser else words.ON_ARRIVAL
    quorum = folio.say(words.QUORUM, quorum=one.quorum, holders=len(one.holders))
    return f"{folio.say(kinds.ENVELOPES[one.envelope])}: {folio.say(where)}, {quorum}"


def _seal(folio: Folio, paper: Receipt) -> None:
    if not paper.digest:
        return
    folio.chapter(words.SEAL)
    folio.text(folio.say(words.SEAL_NOTE), keep=True)
    folio.digest(paper.digest)
    if paper.signature:
        folio.text(folio.say(words.SIGNED, key=paper.key), keep=True)
        folio.digest(paper.signature)
