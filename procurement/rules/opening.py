"""When the collection closes and when the envelopes may be opened. Time guards look at the clock, never at a status."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from workflow.guards import Guard
from workflow.guards import gettext_noop as _


@dataclass(frozen=True)
class OpeningFacts:
    """What an opening depends on. `present` and `quorum` count key holders in the running session."""

    now: datetime
    latest_deadline: datetime | None
    deadline_label: str
    opening_at: datetime | None
    opening_label: str
    financial_opening_at: datetime | None
    financial_opening_label: str
    session_open: bool
    present: int
    quorum: int
    waiting_members: tuple[str, ...]
    financial_session_open: bool
    financial_present: int
    two_envelopes: bool
    passed: int
    state: str = ""
    released: int = 0
    financial_released: int = 0
    remaining: int = 0


@dataclass(frozen=True)
class PiecesFacts:
    """What the released pieces make: `short` envelopes wait for one more holder."""

    short: int


ABOUT = "opening"
DEADLINE_PASSED = Guard(
    "OPN-01",
    _("The deadline has not passed: %(deadline)s."),
    ABOUT,
    lambda f: f.latest_deadline is not None and f.now > f.latest_deadline,
    lambda f: {"deadline": f.deadline_label},
)
HOUR_REACHED = Guard(
    "OPN-02",
    _("The opening is set for %(opening)s."),
    ABOUT,
    lambda f: f.opening_at is None or f.now >= f.opening_at,
    lambda f: {"opening": f.opening_label},
)
COMMITTEE_COMPLETE = Guard(
    "OPN-03",
    _("These members must accept their appointment, or be replaced: %(names)s."),
    ABOUT,
    lambda f: not f.waiting_members,
    lambda f: {"names": f.waiting_members},
)
SESSION = Guard("OPN-04", _("The secretary must start the opening session."), ABOUT, lambda f: f.session_open)
QUORUM = Guard(
    "OPN-05",
    _("Key holders present: %(present)s of the %(quorum)s needed."),
    ABOUT,
    lambda f: f.present >= f.quorum,
    lambda f: {"present": f.present, "quorum": f.quorum},
)
TWO_ENVELOPES = Guard("OPN-06", _("This call has no financial envelope."), ABOUT, lambda f: f.two_envelopes)
FINANCIAL_HOUR = Guard(
    "OPN-07",
    _("The opening of the financial envelopes is set for %(opening)s."),
    ABOUT,
    lambda f: f.financial_opening_at is None or f.now >= f.financial_opening_at,
    lambda f: {"opening": f.financial_opening_label},
)
FINANCIAL_SESSION = Guard(
    "OPN-08", _("The secretary must start the financial opening session."), ABOUT, lambda f: f.financial_session_open
)
FINANCIAL_QUORUM = Guard(
    "OPN-09",
    _("Key holders present: %(present)s of the %(quorum)s needed."),
    ABOUT,
    lambda f: f.financial_present >= f.quorum,
    lambda f: {"present": f.financial_present, "quorum": f.quorum},
)
SOMEBODY_PASSED = Guard(
    "OPN-10", _("No application passed the threshold: there is no price to open."), ABOUT, lambda f: f.passed > 0
)

RELEASED = Guard(
    "OPN-15",
    _("Key holders who have released their pieces: %(released)s of the %(quorum)s needed."),
    ABOUT,
    lambda f: f.present < f.quorum or f.released >= f.quorum,
    lambda f: {"released": f.released, "quorum": f.quorum},
)
FINANCIAL_RELEASED = Guard(
    "OPN-16",
    _("Key holders who have released their pieces: %(released)s of the %(quorum)s needed."),
    ABOUT,
    lambda f: f.financial_present < f.quorum or f.financial_released >= f.quorum,
    lambda f: {"released": f.financial_released, "quorum": f.quorum},
)
NONE_SHORT = Guard(
    "OPN-17",
    _("%(count)s envelopes wait for one more key holder: they were sealed to other holders, or a piece was wrong."),
    ABOUT,
    lambda f: not f.short,
    lambda f: {"count": f.short},
)
AWAITED = Guard(
    "OPN-11",
    _("The call is not waiting for the opening of the technical envelopes."),
    ABOUT,
    lambda f: f.state == "closed",
)
FINANCIAL_AWAITED = Guard(
    "OPN-12",
    _("The call is not waiting for the opening of the financial envelopes."),
    ABOUT,
    lambda f: f.state == "technical_signed",
)
NOT_RUNNING = Guard("OPN-13", _("A session is already running."), ABOUT, lambda f: not f.session_open)
FINANCIAL_NOT_RUNNING = Guard(
    "OPN-14", _("A session is already running."), ABOUT, lambda f: not f.financial_session_open
)

SOMETHING_REMAINS = Guard(
    "OPN-18",
    _("Nothing remains to open: no envelope failed, and no late application was decided on."),
    ABOUT,
    lambda f: f.remaining > 0,
)
MORE_AWAITED = Guard(
    "OPN-19", _("What remains is opened before the compliance check begins."), ABOUT, lambda f: f.state == "opened"
)
MORE_PRICES_AWAITED = Guard(
    "OPN-20", _("Prices that remain are opened before the ranking."), ABOUT, lambda f: f.state == "financial_opened"
)

CLOSABLE = [DEADLINE_PASSED]
TECHNICAL = [DEADLINE_PASSED, HOUR_REACHED, COMMITTEE_COMPLETE, SESSION, QUORUM, RELEASED]
FINANCIAL = [
    DEADLINE_PASSED, TWO_ENVELOPES, SOMEBODY_PASSED, FINANCIAL_HOUR, FINANCIAL_SESSION, FINANCIAL_QUORUM, FINANCIAL_RELEASED,
]  # fmt: skip
WHOLE = (NONE_SHORT,)
START_MORE = (DEADLINE_PASSED, MORE_AWAITED, SOMETHING_REMAINS, NOT_RUNNING)
START_MORE_PRICES = (MORE_PRICES_AWAITED, SOMETHING_REMAINS, FINANCIAL_NOT_RUNNING)
MORE_TECHNICAL = (DEADLINE_PASSED, MORE_AWAITED, SOMETHING_REMAINS, SESSION, QUORUM, RELEASED)
MORE_FINANCIAL = (
    DEADLINE_PASSED, MORE_PRICES_AWAITED, SOMETHING_REMAINS, FINANCIAL_SESSION, FINANCIAL_QUORUM, FINANCIAL_RELEASED,
)  # fmt: skip
START_TECHNICAL = (DEADLINE_PASSED, AWAITED, NOT_RUNNING)
START_FINANCIAL = (TWO_ENVELOPES, FINANCIAL_AWAITED, SOMEBODY_PASSED, FINANCIAL_NOT_RUNNING)
