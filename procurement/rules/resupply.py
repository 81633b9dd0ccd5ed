"""When an applicant gives again what did not open, and what is accepted as the envelope as it was sealed. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from workflow.guards import Guard
from workflow.guards import gettext_noop as _


@dataclass(frozen=True)
class ResupplyFacts:
    """What is given again: `wanted`, is something unreadable; `right`, is it what was sealed; `salted`, can that be told.

    `in_time`: technical until the evaluation begins, prices until the ranking; nobody chooses after these what counts.
    `sealed_here`: is there one that the service sealed; what a browser sealed opens with the holders' keys alone.
    """

    wanted: bool
    right: bool = True
    salted: bool = True
    in_time: bool = True
    sealed_here: bool = True


ABOUT = "resupply"
WANTED = Guard(
    "RSP-01", _("Everything of this application could be opened: nothing is asked of you."), ABOUT, lambda f: f.wanted
)
CODE_OPENS = Guard(
    "RSP-02",
    _("What is stored does not open with your code: give your files and the receipt instead."),
    ABOUT,
    lambda f: f.right or not f.wanted,
)
RECEIPT_RIGHT = Guard(
    "RSP-03",
    _("This is not the signed receipt (JSON) of the submission that counts."),
    ABOUT,
    lambda f: f.right or not f.wanted,
)
SALTED = Guard(
    "RSP-04",
    _("Give the signed receipt first: the file is held against it."),
    ABOUT,
    lambda f: f.salted or not f.wanted,
)
COMMITTED = Guard(
    "RSP-05",
    _("This is not the file that was sealed: its digest does not fit the commitment of the receipt."),
    ABOUT,
    lambda f: f.right or not f.salted or not f.wanted,
)

IN_TIME = Guard(
    "RSP-06",
    _("What did not open can be given again until the evaluation begins, prices until the ranking."),
    ABOUT,
    lambda f: f.in_time or not f.wanted,
)

SEALED_HERE = Guard(
    "RSP-07",
    _("This price was sealed in your browser: it opens with the keys of the key holders, and with no access code."),
    ABOUT,
    lambda f: f.sealed_here or not f.wanted or not f.in_time,
)

FORM_PROVED = Guard(
    "RSP-08",
    _("This is not what you had typed: it does not fit the commitment of the receipt."),
    ABOUT,
    lambda f: f.right or not f.wanted,
)

WITH_CODE = (WANTED, IN_TIME, SEALED_HERE, CODE_OPENS)
RECEIPT = (WANTED, IN_TIME, RECEIPT_RIGHT)
FORM = (WANTED, IN_TIME, FORM_PROVED)
FILE = (WANTED, IN_TIME, SALTED, COMMITTED)
