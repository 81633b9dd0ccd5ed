"""When an application may be edited, submitted, withdrawn; the clock decides, whatever the call's status. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from workflow.guards import Guard
from workflow.guards import gettext_noop as _


@dataclass(frozen=True)
class WritingFacts:
    """What writing an application depends on: the call and the clock."""

    now: datetime
    published: bool
    suspended: bool
    latest_deadline: datetime | None
    deadline_label: str


@dataclass(frozen=True)
class SubmissionFacts(WritingFacts):
    """What a submission depends on; `incomplete` names the parts that block."""

    before_opening: bool
    incomplete: tuple[str, ...]
    submitted: bool
    own_call: bool
    unlocked: bool = True


@dataclass(frozen=True)
class RepeatFacts:
    """A click that comes with a key: whether the access code came too, and whether its content is that of the first time."""

    unlocked: bool
    same: bool = True


@dataclass(frozen=True)
class SavingFacts:
    """One part being saved: the version it was written from (None: not said) and the version stored."""

    seen: str | None
    stored: str
    saved_label: str


@dataclass(frozen=True)
class ChangingFacts:
    """An application about to change its applicant, or to be thrown away; `taken`: the new applicant has one already."""

    submitted_before: bool
    taken: bool = False


ABOUT = "submission"


def _in_time(f: WritingFacts) -> bool:
    return f.latest_deadline is not None and f.now <= f.latest_deadline


PUBLISHED = Guard("SUB-01", _("This call is not open."), ABOUT, lambda f: f.published)
NOT_SUSPENDED = Guard(
    "SUB-02",
    _("The call is suspended: what you wrote is kept, and you can go on when it resumes."),
    ABOUT,
    lambda f: not f.suspended,
)
IN_TIME = Guard(
    "SUB-03",
    _("The deadline passed on %(deadline)s: this was not submitted."),
    ABOUT,
    _in_time,
    lambda f: {"deadline": f.deadline_label},
)
COMPLETE = Guard(
    "SUB-04",
    _("These parts are not complete: %(parts)s."),
    ABOUT,
    lambda f: not f.incomplete,
    lambda f: {"parts": f.incomplete},
)
STILL_RECORDED = Guard(
    "SUB-05",
    _("The envelopes have been opened: a late application is no longer recorded."),
    ABOUT,
    lambda f: f.before_opening,
)
SUBMITTED = Guard("SUB-06", _("There is no submitted application to withdraw."), ABOUT, lambda f: f.submitted)
NO_PART = Guard(
    "SUB-07", _("You take part in running this call: you cannot apply to it."), ABOUT, lambda f: not f.own_call
)

NOT_CHANGED_ELSEWHERE = Guard(
    "SUB-08",
    _("This part was changed in another window at %(saved)s: nothing was overwritten, and what you typed is kept."),
    "saving",
    lambda f: f.seen is None or f.seen == f.stored,
    lambda f: {"saved": f.saved_label},
)
NEVER_SUBMITTED = Guard(
    "SUB-09",
    _("An application that was submitted once keeps its applicant and cannot be discarded; it can be withdrawn."),
    "changing",
    lambda f: not f.submitted_before,
)
ONE_EACH = Guard(
    "SUB-10", _("There is already an application of this applicant to this call."), "changing", lambda f: not f.taken
)

UNLOCKED = Guard(
    "SUB-11",
    _("What you wrote is sealed: enter the access code of this application first."),
    ABOUT,
    lambda f: f.unlocked,
)
SAME_CONTENT = Guard(
    "SUB-12",
    _(
        "This page submitted your application once already, and you have changed it since. The first submission stands;"
        " check your answers and submit again to replace it."
    ),
    "repeat",
    lambda f: f.same,
)

START = (PUBLISHED, NOT_SUSPENDED, IN_TIME, NO_PART)
EDIT = (PUBLISHED, NOT_SUSPENDED, IN_TIME)
SUBMIT = (PUBLISHED, NOT_SUSPENDED, STILL_RECORDED, UNLOCKED, COMPLETE, NO_PART)
WITHDRAW = (PUBLISHED, SUBMITTED, IN_TIME)
