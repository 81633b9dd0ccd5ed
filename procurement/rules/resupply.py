"""When an applicant gives again what did not open, and what is accepted as the envelope as it was sealed. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from workflow.guards import Guard
from workflow.guards import gettext_noop as _


@dataclass(frozen=True)
class ResupplyFacts:
    """What is given again: `wanted`, is something of this application unreadable; `right`, is it what was sealed."""

    wanted: bool
    right: bool = True
    salted: bool = True


ABOUT = "resupply"
WANTED = Guard(
    "RSP-01", _("Everything of this application could be opened: nothing is asked of you."), ABOUT, lambda f: f.wanted
)
CODE_OPENS = Guard(
    "RSP-02",
    _("What is stored does not open with your code: give your files and the receipt instead."),
    ABOUT,
    lambda f: f.right,
)
RECEIPT_RIGHT = Guard(
    "RSP-03",
    _("This is not the signed receipt (JSON) of the submission that counts."),
    ABOUT,
    lambda f: f.right,
)
SALTED = Guard("RSP-04", _("Give the signed receipt first: the file is held against it."), ABOUT, lambda f: f.salted)
COMMITTED = Guard(
    "RSP-05",
    _("This is not the file that was sealed: its digest does not fit the commitment of the receipt."),
    ABOUT,
    lambda f: f.right,
)

WITH_CODE = (WANTED, CODE_OPENS)
RECEIPT = (WANTED, RECEIPT_RIGHT)
FILE = (WANTED, SALTED, COMMITTED)
