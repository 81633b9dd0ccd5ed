"""When a key holder's key may be kept, confirmed, replaced and tried. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from workflow.guards import Guard
from workflow.guards import gettext_noop as _


@dataclass(frozen=True)
class KeyFacts:
    """A key that arrives from its holder's browser: `frozen` once it counts in a published roster."""

    seated: bool
    accepted: bool
    frozen: bool
    usable: bool = True
    locked: bool = True
    shared: bool = False


@dataclass(frozen=True)
class AnswerFacts:
    """What a holder answers to a dummy envelope: is there a key, and is the answer what was sealed."""

    seated: bool
    accepted: bool
    made: bool
    right: bool


@dataclass(frozen=True)
class ReplacementFacts:
    """A holder about to be replaced after the publication, by a member of the committee."""

    published: bool
    now: datetime
    latest_deadline: datetime | None
    deadline_label: str
    current: bool
    seated: bool
    holds: bool
    asked: bool = False


@dataclass(frozen=True)
class DecisionFacts:
    """A replacement that somebody asked for; `involved`: this very person asked, or is to hold the key."""

    decided: bool
    involved: bool


@dataclass(frozen=True)
class DrillFacts:
    """A call whose holders are about to be asked for a drill."""

    published: bool
    now: datetime
    latest_deadline: datetime | None


ABOUT = "key"
SEATED = Guard("COM-04", _("This seat has ended."), ABOUT, lambda f: f.seated)
ACCEPTED = Guard("COM-05", _("Accept your appointment first."), ABOUT, lambda f: f.accepted)
NOT_FROZEN = Guard(
    "KEY-01", _("The call is published: its keys are frozen and no longer change."), ABOUT, lambda f: not f.frozen
)
WELL_MADE = Guard("KEY-02", _("What arrived is not a key: make it again."), ABOUT, lambda f: f.usable and f.locked)
ITS_OWN = Guard("KEY-03", _("Another holder has this very key: make a new one."), ABOUT, lambda f: not f.shared)
MADE = Guard("KEY-04", _("Make your key first."), ABOUT, lambda f: f.made)
RIGHT = Guard(
    "KEY-05",
    _("The test envelope did not open with what was typed: compare it with the recovery sheet, sign by sign."),
    ABOUT,
    lambda f: f.right,
)
OPENS = Guard(
    "KEY-06", _("The test envelope did not open with this key: nothing was recorded as a success."), ABOUT,
    lambda f: f.right,
)  # fmt: skip
PUBLISHED = Guard(
    "KEY-07", _("The call is not published: name its key holders again instead."), ABOUT, lambda f: f.published
)
BEFORE_DEADLINE = Guard(
    "KEY-08",
    _("The deadline has passed on %(deadline)s: what is sealed stays sealed to the holders there were."),
    ABOUT,
    lambda f: f.latest_deadline is not None and f.now <= f.latest_deadline,
    lambda f: {"deadline": f.deadline_label},
)
CURRENT = Guard("KEY-09", _("This holder was replaced already."), ABOUT, lambda f: f.current)
ON_COMMITTEE = Guard("KEY-10", _("Key holders are members of the committee."), ABOUT, lambda f: f.seated)
WITHOUT_KEY = Guard("KEY-11", _("This member holds a key of this call, or held one."), ABOUT, lambda f: not f.holds)

DRILL_TIME = Guard(
    "KEY-12",
    _("A drill is for a call that collects: after its publication and before its deadline."),
    ABOUT,
    lambda f: f.published and f.latest_deadline is not None and f.now <= f.latest_deadline,
)

NOT_ASKED = Guard(
    "KEY-13", _("A replacement of this holder was asked for already: another person decides."), ABOUT,
    lambda f: not f.asked,
)  # fmt: skip
NOT_DECIDED = Guard("KEY-14", _("It was decided already."), "replacement", lambda f: not f.decided)
ANOTHER = Guard(
    "KEY-15",
    _("Another person decides than who asked for it and who is to hold the key."),
    "replacement",
    lambda f: not f.involved,
)

KEEP = (SEATED, ACCEPTED, NOT_FROZEN, WELL_MADE, ITS_OWN)
CONFIRM = (SEATED, ACCEPTED, MADE, RIGHT)
ANSWER = (SEATED, ACCEPTED, MADE, OPENS)
DRILL = (DRILL_TIME,)
REPLACE = (PUBLISHED, BEFORE_DEADLINE, CURRENT, ON_COMMITTEE, WITHOUT_KEY)
ASK_REPLACEMENT = (*REPLACE, NOT_ASKED)
AGREE = (NOT_DECIDED, ANOTHER)
DROP = (NOT_DECIDED,)
