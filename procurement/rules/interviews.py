"""When an interview may be set, and for when. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from procurement.rules.deadlines import is_plain
from workflow.guards import Guard
from workflow.guards import gettext_noop as _


@dataclass(frozen=True)
class InterviewFacts:
    """One interview as it is to be set; `zone` is the call's."""

    stage_open: bool
    invited: bool
    now: datetime
    takes_place_at: datetime
    zone: str
    place: str


ABOUT = "interview"
STAGE = Guard("INT-01", _("The interviews of this call are not open."), ABOUT, lambda f: f.stage_open)
INVITED = Guard("INT-02", _("This application is not invited to an interview."), ABOUT, lambda f: f.invited)
AHEAD = Guard("INT-03", _("The interview must take place later than now."), ABOUT, lambda f: f.takes_place_at > f.now)
PLAIN_HOUR = Guard(
    "INT-04", _("On that day the clocks change: this hour does not exist or comes twice. Choose another."), ABOUT,
    lambda f: is_plain(moment=f.takes_place_at, zone=f.zone),
)  # fmt: skip
PLACE = Guard(
    "INT-05", _("Say where the interview takes place, or at which address online."), ABOUT, lambda f: bool(f.place)
)

SCHEDULE = (STAGE, INVITED, AHEAD, PLAIN_HOUR, PLACE)
