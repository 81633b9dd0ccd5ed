"""The compliance check of one application: items, the one request to complete, the decision. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from workflow.guards import Guard
from workflow.guards import gettext_noop as _

NOTE_MINIMUM = 10  # characters
MESSAGE_MINIMUM = 20
REASON_MINIMUM = 20


@dataclass(frozen=True)
class CheckFacts:
    """Where one application stands. Tuples hold codes of requirements; lengths are in characters.

    `unread`: documents received after the request and not looked at since.
    """

    in_check: bool
    decided: bool
    pending: tuple[str, ...]
    standing: tuple[str, ...]
    unread: tuple[str, ...]
    asked: bool
    window_open: bool
    due_label: str
    verdict: str = ""
    has_document: bool = True
    note_length: int = 0
    chosen: tuple[str, ...] = ()
    not_askable: tuple[str, ...] = ()
    message_length: int = 0
    compliant: bool = True
    reason_length: int = 0


ABOUT = "compliance"
IN_CHECK = Guard(
    "CMP-01", _("This application is not in the compliance check, or was decided already."), ABOUT, lambda f: f.in_check
)
NOTED = Guard(
    "CMP-02",
    _("Say what is not in order, in at least %(minimum)s characters."),
    ABOUT,
    lambda f: f.verdict != "invalid" or f.note_length >= NOTE_MINIMUM,
    lambda f: {"minimum": NOTE_MINIMUM},
)
SEEN = Guard(
    "CMP-03",
    _("No document was attached here: say where you found it, or why it is not required."),
    ABOUT,
    lambda f: f.verdict not in ("ok", "waived") or f.has_document or f.note_length >= NOTE_MINIMUM,
)
ASKED_ONCE = Guard(
    "CMP-04", _("This applicant was asked to complete the file once already."), ABOUT, lambda f: not f.asked
)
CHOSEN = Guard("CMP-05", _("Choose the documents to ask for."), ABOUT, lambda f: bool(f.chosen))
ASKABLE = Guard(
    "CMP-06",
    _("These documents cannot be asked for after the deadline: %(codes)s."),
    ABOUT,
    lambda f: not f.not_askable,
    lambda f: {"codes": f.not_askable},
)
EXPLAINED = Guard(
    "CMP-07",
    _("Tell the applicant what is missing, in at least %(minimum)s characters."),
    ABOUT,
    lambda f: f.message_length >= MESSAGE_MINIMUM,
    lambda f: {"minimum": MESSAGE_MINIMUM},
)
ITEMS_CHECKED = Guard(
    "CMP-08",
    _("These documents are still to check: %(codes)s."),
    ABOUT,
    lambda f: not f.pending,
    lambda f: {"codes": f.pending},
)
ANSWER_READ = Guard(
    "CMP-09",
    _("These documents arrived after the request and were not checked since: %(codes)s."),
    ABOUT,
    lambda f: not f.unread,
    lambda f: {"codes": f.unread},
)
WINDOW_CLOSED = Guard(
    "CMP-10",
    _("The applicant may complete the file until %(due)s."),
    ABOUT,
    lambda f: not f.window_open,
    lambda f: {"due": f.due_label},
)
ALL_IN_ORDER = Guard(
    "CMP-11",
    _("These documents are missing or not in order: %(codes)s."),
    ABOUT,
    lambda f: not f.compliant or not f.standing,
    lambda f: {"codes": f.standing},
)
REASONED = Guard(
    "CMP-12",
    _("Say why the application is not compliant, in at least %(minimum)s characters."),
    ABOUT,
    lambda f: f.compliant or f.reason_length >= REASON_MINIMUM,
    lambda f: {"minimum": REASON_MINIMUM},
)

CHANGEABLE = Guard(
    "CMP-13",
    _("A decision can be taken back from when it is made until the evaluation begins."),
    ABOUT,
    lambda f: f.decided,
)

CHECK = (IN_CHECK, NOTED, SEEN)
ACCEPT = (IN_CHECK,)
ASK = (IN_CHECK, ASKED_ONCE, CHOSEN, ASKABLE, EXPLAINED)
TAKE_BACK = (CHANGEABLE,)
DECIDE = (IN_CHECK, ITEMS_CHECKED, ANSWER_READ, WINDOW_CLOSED, ALL_IN_ORDER, REASONED)
