"""An application as its applicant may know it: before the letters nothing of what the committee found."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from procurement.enums import ApplicationState as S
from procurement.enums import CallState
from procurement.models import Application, CompletionRequest

LATELY = timedelta(days=30)  # so long a letter stands among what awaits its reader


@dataclass(frozen=True)
class Status:
    """A few words, how they look (done, now, warn, stop or nothing), and the next step with its address and instant; `what` names it."""

    label: str
    kind: str = ""
    next_step: str = ""
    url: str = ""
    due: datetime | None = None
    waits_on_me: bool = False
    what: str = ""


def status_of(application: Application, *, now: datetime) -> Status:
    """Return where an application stands for its applicant at an instant."""
    page = reverse("application", args=[application.reference])
    if letter := _letter(application):
        step = _("Read the letter: %(kind)s.") % {"kind": letter.get_kind_display().lower()}
        return Status(_("Letter received"), "done", step, page, waits_on_me=now < letter.sent_at + LATELY)
    if application.call.state == CallState.CANCELLED:
        return Status(_("Call cancelled"), "stop", _("What was sealed stays sealed."), page)
    if application.state in (S.DRAFT, S.WITHDRAWN):
        return _unsubmitted(application, now, page)
    if application.state == S.LATE:
        return Status(_("Late"), "stop", _("It was recorded and stays closed; a letter will tell you so."), page)
    if application.state == S.SUBMITTED and application.call.opened_at is None:
        return _sealed(application, now, page)
    return _judged(application, now, page)


def _letter(application: Application) -> Any:
    letters = getattr(application, "letters_sent", None)
    if letters is None:
        letters = application.letters.filter(state="sent").order_by("-sent_at")[:1]
    return next(iter(letters), None)


def _unsubmitted(application: Application, now: datetime, page: str) -> Status:
    deadline = application.call.deadline
    withdrawn = application.state == S.WITHDRAWN
    label = _("Withdrawn") if withdrawn else _("Draft, not submitted")
    if application.call.state == CallState.SUSPENDED:
        return Status(label, "warn", _("The call is suspended: you can go on when it resumes."), page)
    if deadline is None or now > deadline or application.call.opened_at is not None:
        label = _("Withdrawn") if withdrawn else _("Not submitted in time")
        return Status(label, "stop", _("What you wrote is kept for you; nobody else reads it."), page)
    step = _("Submit again before the deadline if you wish.") if withdrawn else _("Finish it and submit it.")
    return Status(label, "" if withdrawn else "now", step, page, deadline, not withdrawn, _("Deadline"))


def _sealed(application: Application, now: datetime, page: str) -> Status:
    deadline = application.call.deadline
    if deadline is not None and now <= deadline:
        step = _("You can replace or withdraw it until the deadline.")
        return Status(_("Submitted, sealed"), "done", step, page, deadline, what=_("Deadline"))
    step, due = _("The envelopes are opened next."), application.call.opening_at
    return Status(_("Submitted, sealed"), "done", step, page, due, what=_("Opening foreseen"))


def _judged(application: Application, now: datetime, page: str) -> Status:
    request = getattr(application, "completion_request", None)
    if isinstance(request, CompletionRequest) and request.answered_at is None and now <= request.due_at:
        url = reverse("application_completion", args=[application.reference])
        step = _("Complete your file: documents are asked of you.")
        return Status(_("To complete"), "warn", step, url, request.due_at, waits_on_me=True, what=_("To answer by"))
    step, due = _("The committee works; a letter with the reasons will follow."), application.call.decision_at
    return Status(_("Under evaluation"), "now", step, page, due, what=_("Decision foreseen"))
