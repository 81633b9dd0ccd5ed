"""When letters may be drafted, changed and sent. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from workflow.guards import Guard
from workflow.guards import gettext_noop as _


@dataclass(frozen=True)
class LetterFacts:
    """Where the notification stands; labels of the applicants of this round."""

    decided: bool
    opened: bool
    letters: int
    missing: tuple[str, ...]
    unread: tuple[str, ...]
    unsent: tuple[str, ...]


@dataclass(frozen=True)
class NoteFacts:
    """A letter about to be changed."""

    draft: bool


ABOUT = "letters"
DECIDED = Guard(
    "LET-01",
    _("Letters are written once the award is decided, or when the call has ended without one."),
    ABOUT,
    lambda f: f.decided,
)
OPENED = Guard(
    "LET-02",
    _("No envelope of this call was opened: the applicants were told by mail, and nobody else knows who they are."),
    ABOUT,
    lambda f: f.opened,
)
WRITTEN = Guard("LET-03", _("The letters have not been written."), ABOUT, lambda f: f.letters > 0)
NOBODY_FORGOTTEN = Guard(
    "LET-04",
    _("These applicants have no letter: %(labels)s."),
    ABOUT,
    lambda f: not f.missing,
    lambda f: {"labels": f.missing},
)
READ = Guard(
    "LET-05",
    _("These letters have not been read and approved: %(labels)s."),
    ABOUT,
    lambda f: not f.unread,
    lambda f: {"labels": f.unread},
)
SOMETHING_TO_SEND = Guard("LET-06", _("These letters have been sent."), ABOUT, lambda f: bool(f.unread or f.unsent))
DRAFT = Guard("LET-07", _("This letter was approved: take it back before you change it."), "note", lambda f: f.draft)

DRAFTABLE = (DECIDED, OPENED)
SENDABLE = (DECIDED, OPENED, WRITTEN, NOBODY_FORGOTTEN, READ, SOMETHING_TO_SEND)
CHANGE = (DRAFT,)
