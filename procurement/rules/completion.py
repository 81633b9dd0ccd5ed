"""Answering a request to complete the file: only what was asked, only in its own window. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from workflow.guards import Guard
from workflow.guards import gettext_noop as _


@dataclass(frozen=True)
class CompletionFacts:
    """One request. `code` is the document to attach, empty when the answer itself is sent; `attached` counts files."""

    now: datetime
    due_at: datetime
    due_label: str
    answered: bool
    asked: tuple[str, ...]
    code: str = ""
    attached: int = 0


ABOUT = "completion"
IN_WINDOW = Guard(
    "CPL-01",
    _("The time to complete your file ended on %(due)s."),
    ABOUT,
    lambda f: f.now <= f.due_at,
    lambda f: {"due": f.due_label},
)
NOT_ANSWERED = Guard("CPL-02", _("You have sent your answer to this request."), ABOUT, lambda f: not f.answered)
ASKED_FOR = Guard(
    "CPL-03",
    _("%(code)s is not among the documents asked for."),
    ABOUT,
    lambda f: f.code in f.asked,
    lambda f: {"code": f.code},
)
SOMETHING_TO_SEND = Guard(
    "CPL-04", _("Attach at least one of the documents asked for."), ABOUT, lambda f: f.attached > 0
)

ATTACH = (IN_WINDOW, NOT_ANSWERED, ASKED_FOR)
ANSWER = (IN_WINDOW, NOT_ANSWERED, SOMETHING_TO_SEND)
