"""When a key holder may release their pieces. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from workflow.guards import Guard
from workflow.guards import gettext_noop as _


@dataclass(frozen=True)
class ReleaseFacts:
    """A holder before a session; `wrong`: how many envelopes the pieces that arrive do not belong to."""

    now: datetime
    latest_deadline: datetime | None
    deadline_label: str
    running: bool
    present: bool
    confirmed: bool
    foreign: int = 0
    wrong: int = 0


ABOUT = "release"
DEADLINE_PASSED = Guard(
    "REL-01",
    _("The deadline has not passed: %(deadline)s. No piece is released before it."),
    ABOUT,
    lambda f: f.latest_deadline is not None and f.now > f.latest_deadline,
    lambda f: {"deadline": f.deadline_label},
)
RUNNING = Guard("REL-02", _("No opening session is running."), ABOUT, lambda f: f.running)
PRESENT = Guard("REL-03", _("Confirm your presence first."), ABOUT, lambda f: f.present)
CONFIRMED = Guard("REL-04", _("There is no confirmed key to release with."), ABOUT, lambda f: f.confirmed)
OF_SESSION = Guard(
    "REL-05", _("What arrived is for envelopes that this session does not open."), ABOUT, lambda f: not f.foreign
)
RIGHT = Guard(
    "REL-06",
    _("The pieces of %(count)s envelopes are not those that were sealed to your key: nothing was recorded."),
    ABOUT,
    lambda f: not f.wrong,
    lambda f: {"count": f.wrong},
)

RELEASE = (DEADLINE_PASSED, RUNNING, PRESENT, CONFIRMED, OF_SESSION, RIGHT)
BEGIN = (DEADLINE_PASSED, RUNNING, PRESENT, CONFIRMED)
