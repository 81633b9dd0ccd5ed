"""When the server lock gives its part of the keys: asked by the lock itself, on what it reads with its own eyes. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from workflow.guards import Guard, Objection, objections_to
from workflow.guards import gettext_noop as _


@dataclass(frozen=True)
class LockFacts:
    """Whether the lock answers at all, for those who need it, and with what codes it refuses."""

    lock_there: bool
    against: tuple[str, ...] = ()


@dataclass(frozen=True)
class SessionFacts:
    """An opening session as the lock reads it; `latest_deadline`: the latest one ever published, or set."""

    now: datetime
    latest_deadline: datetime | None
    kind: str
    state: str
    running: bool
    quorum: int
    releases: int


@dataclass(frozen=True)
class EnvelopeFacts:
    """One sealed envelope in that session; `decided`: two persons have decided that this late one is opened."""

    kind: str
    session_kind: str
    application_state: str
    counts: bool
    withdrawn: bool
    late: bool
    decided: bool
    pieces: bool


ABOUT = "lock"
AWAITED = {"technical": ("closed", "opened"), "financial": ("technical_signed", "financial_opened")}
READY = {"technical": ("submitted", "opened"), "financial": ("passed", "price_opened")}  # again: what did not open
LATE = ("technical", "late")

THERE = Guard(
    "LCK-01",
    _("The server lock does not answer. Nothing was done and nothing is lost: try again in a moment."),
    ABOUT,
    lambda f: f.lock_there,
)
AGREES = Guard(
    "LCK-12",
    _("The server lock gives nothing in this session: %(codes)s. Nothing was opened."),
    ABOUT,
    lambda f: not f.against,
    lambda f: {"codes": f.against},
)
RUNNING = Guard("LCK-02", _("No opening session is running."), ABOUT, lambda f: f.running)
DEADLINE_PASSED = Guard(
    "LCK-03",
    _("A published deadline has not passed by the clock of the database."),
    ABOUT,
    lambda f: f.latest_deadline is not None and f.now > f.latest_deadline,
)
CLOSED = Guard(
    "LCK-04", _("The call does not wait for this opening."), ABOUT, lambda f: f.state in AWAITED.get(f.kind, ())
)
QUORUM = Guard(
    "LCK-05",
    _("Key holders who have released their pieces: %(releases)s of the %(quorum)s needed."),
    ABOUT,
    lambda f: f.releases >= max(f.quorum, 2),
    lambda f: {"releases": f.releases, "quorum": f.quorum},
)
SAME_KIND = Guard("LCK-06", _("Another kind of envelope."), ABOUT, lambda f: f.kind == f.session_kind)
NOT_WITHDRAWN = Guard("LCK-07", _("It was withdrawn: it stays closed for ever."), ABOUT, lambda f: not f.withdrawn)
IN_TIME = Guard(
    "LCK-08", _("It came late, and two persons have not decided to open it."), ABOUT, lambda f: not f.late or f.decided
)
COUNTS = Guard("LCK-09", _("It was replaced by a later submission."), ABOUT, lambda f: f.counts)
READ_NOW = Guard(
    "LCK-10",
    _("The application is not among those whose envelope is opened now."),
    ABOUT,
    lambda f: f.application_state in READY.get(f.kind, ()) or (f.decided and (f.kind, f.application_state) == LATE),
)
PIECES_RIGHT = Guard("LCK-11", _("The released pieces do not open it."), ABOUT, lambda f: f.pieces)

NEEDED = (THERE, AGREES)
SESSION = (RUNNING, DEADLINE_PASSED, CLOSED, QUORUM)
ENVELOPE = (SAME_KIND, NOT_WITHDRAWN, IN_TIME, COUNTS, READ_NOW, PIECES_RIGHT)


def against_session(facts: SessionFacts) -> list[Objection]:
    """Return what stands against any release in this session."""
    return objections_to(SESSION, facts)


def against_envelope(facts: EnvelopeFacts) -> list[str]:
    """Return the codes that keep one envelope closed."""
    return [objection.code for objection in objections_to(ENVELOPE, facts)]
