"""What the public is told of a call's state, and whether one can apply now."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from procurement.enums import CallState
from procurement.models import Call
from procurement.models.facts.submission import starting_facts
from procurement.queries.applications import application_to
from procurement.rules import submission
from procurement.web.acts import reasons_against
from workflow.refusals import Reason
from workflow.templatetags.instants import instant_text

S = CallState
AWARDED = (S.AWARDED, S.CONTRACTED, S.ARCHIVED)


@dataclass(frozen=True)
class Status:
    """A few words, how they look, and the sentence that explains them."""

    label: str
    kind: str = ""
    sentence: str = ""


@dataclass(frozen=True)
class Against:
    """A reason in the words of this page."""

    code: str
    sentence: str


@dataclass(frozen=True)
class Apply:
    """The button to apply, or the reasons why one cannot."""

    label: str
    url: str
    objections: list[Any] = field(default_factory=list)
    over: bool = False  # the deadline has passed: no reason will go away


def is_open(call: Call, *, now: datetime) -> bool:
    """Tell whether one can apply now: by the clock, whatever the clock's job has done."""
    return bool(call.state == S.PUBLISHED and call.deadline and now <= call.deadline)


def status_of(call: Call, *, now: datetime) -> Status:
    """Return what the public is told; between the deadline and the award nothing but “closed” (reference §8.2)."""
    if is_open(call, now=now):
        return Status(_("Open"), "now")
    if call.state in AWARDED:
        return Status(_("Awarded"), "done")
    if call.state == S.SUSPENDED:
        return Status(_("Suspended"), "warn")
    if call.state in (S.CANCELLED, S.UNSUCCESSFUL):
        return Status(str(call.get_state_display()), "stop")
    return Status(_("Closed"), "", _("The deadline has passed. The award notice will be published here."))


def apply_to(call: Call, user: Any, *, now: datetime) -> Apply:
    """Return the button for this reader: their own application when they have one."""
    begun = application_to(call, user)
    if begun:
        return Apply(_("Go to my application"), reverse("application", args=[begun.reference]))
    against = reasons_against(submission.START, starting_facts(call, person=user, now=now))
    shown = [_plainly(reason, call) for reason in against]
    over = any(reason.code == submission.IN_TIME.code for reason in against)
    return Apply(_("Apply"), reverse("application_start", args=[call.reference]), shown, over=over)


def _plainly(reason: Reason, call: Call) -> Any:
    """Say to somebody who has begun nothing that the deadline is over, not that something was not submitted."""
    if reason.code != submission.IN_TIME.code:
        return reason
    when = instant_text(call.deadline, zone=call.timezone) if call.deadline else ""
    return Against(reason.code, _("The deadline passed on %(when)s.") % {"when": when})
