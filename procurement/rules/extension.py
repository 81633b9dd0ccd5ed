"""When a published deadline may be moved because the service failed: later only, by two, with our own log as evidence. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from procurement.rules.deadlines import is_plain
from workflow.guards import Guard
from workflow.guards import gettext_noop as _


@dataclass(frozen=True)
class ExtensionFacts:
    """What an extension depends on; `lost` is how long the service failed, as its log says."""

    now: datetime
    zone: str
    state: str
    opening_begun: bool
    latest_deadline: datetime | None
    new_deadline: datetime | None
    lost: timedelta
    pending: bool


ABOUT = "extension"


def least_deadline(f: ExtensionFacts) -> datetime:
    """Return the first deadline that gives the lost time back: counted from the old one, or from now where that has passed."""
    return max(f.latest_deadline or f.now, f.now) + f.lost


RUNNING = Guard(
    "EXT-01",
    _("Nothing is being collected, or the opening has begun: the deadline can no longer be moved."),
    ABOUT,
    lambda f: f.state in ("published", "closed") and not f.opening_begun and f.latest_deadline is not None,
)
PROVEN = Guard(
    "EXT-02",
    _("The log of the service shows no fault in the day before the deadline: without one it is not moved."),
    ABOUT,
    lambda f: f.lost > timedelta(0),
)
LATER = Guard(
    "EXT-03",
    _("Give back at least the time that was lost: the new deadline must be %(least)s or later."),
    ABOUT,
    lambda f: f.new_deadline is not None and f.new_deadline >= least_deadline(f),
    lambda f: {"least": least_deadline(f).astimezone(ZoneInfo(f.zone))},
)
ONE_AT_A_TIME = Guard(
    "EXT-04", _("A later deadline is proposed already: it waits for another person."), ABOUT, lambda f: not f.pending
)
PLAIN_HOUR = Guard(
    "EXT-05",
    _("The clocks change at that hour: choose another hour."),
    ABOUT,
    lambda f: f.new_deadline is None or is_plain(moment=f.new_deadline, zone=f.zone),
)
PROPOSED = Guard("EXT-06", _("No later deadline is proposed."), ABOUT, lambda f: f.pending)

ASK = (RUNNING, PROVEN, ONE_AT_A_TIME)
PROPOSE = (RUNNING, PROVEN, LATER, PLAIN_HOUR, ONE_AT_A_TIME)
EXTEND = (PROPOSED, RUNNING, PROVEN, LATER)
