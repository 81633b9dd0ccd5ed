"""When a late application may be opened after all: by two persons, between the opening and the compliance check. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from workflow.guards import Guard
from workflow.guards import gettext_noop as _


@dataclass(frozen=True)
class LateFacts:
    """One application about to be decided on; `asker`: this very person asked for it."""

    state: str
    late: bool
    asked: bool = False
    decided: bool = False
    asker: bool = False


ABOUT = "late"
IN_TIME = Guard(
    "LAT-01",
    _("Late applications are decided on after the opening and before the compliance check begins."),
    ABOUT,
    lambda f: f.state == "opened",
)
IS_LATE = Guard("LAT-02", _("This application did not come late, or is open already."), ABOUT, lambda f: f.late)
NOT_ASKED = Guard("LAT-03", _("It was asked for already: another person decides."), ABOUT, lambda f: not f.asked)
ASKED = Guard("LAT-04", _("Nobody has asked for it with a reason."), ABOUT, lambda f: f.asked)
NOT_DECIDED = Guard("LAT-05", _("It was decided already."), ABOUT, lambda f: not f.decided)
ANOTHER = Guard("LAT-06", _("Another person than the one who asked decides."), ABOUT, lambda f: not f.asker)

ASK = (IN_TIME, IS_LATE, NOT_ASKED)
DECIDE = (IN_TIME, IS_LATE, ASKED, NOT_DECIDED, ANOTHER)
