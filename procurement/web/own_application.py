"""The frame of an applicant's pages: their own application or nothing, the deadline, what may still be done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from procurement.enums import ApplicationState
from procurement.models import Application, Call, Requirement
from procurement.queries.applications import own_application, own_briefly
from procurement.rules import submission
from procurement.web.access import access_of_request
from procurement.web.workspace import up_to_date
from workflow import clock
from workflow.guards import objections_to
from workflow.refusals import Reason

EDITABLE = (ApplicationState.DRAFT, ApplicationState.SUBMITTED, ApplicationState.WITHDRAWN)


@dataclass(frozen=True)
class Standing:
    """Where an application stands at an instant: its deadline, and why it can no longer be changed, if so."""

    now: datetime
    deadline: datetime | None
    in_time: bool
    against_writing: list[Reason]

    @property
    def writable(self) -> bool:
        """Tell whether its parts may change now."""
        return not self.against_writing


def load_own(request: HttpRequest, reference: str, *, brief: bool = False) -> Application:
    """Return an application to those who write for its applicant, with the access that the request brought.

    To everybody else it does not exist. `brief` is for an act that reads it again under its lock: it comes with the
    instant at which it was asked, as `asked_at`.
    """
    application: Any = (own_briefly if brief else own_application)(request.user, reference)
    if application is None:
        raise Http404
    application.call = up_to_date(application.call, now=application.asked_at if brief else None)
    application.access = access_of_request(request, application)
    return application


def load_requirement(application: Application, code: str) -> Requirement:
    """Return a document that the call asks for, or 404."""
    requirement = application.call.requirements.filter(code=code).first()
    if requirement is None:
        raise Http404
    return requirement


def standing_of(application: Application, *, now: datetime) -> Standing:
    """Return where an application stands."""
    application.ask(now=now)
    facts = application.facts(submission.ABOUT)
    against = [Reason(one) for one in objections_to(submission.EDIT, facts)]
    if application.state not in EDITABLE and not against:
        against = [Reason(submission.IN_TIME.objection(facts))]
    in_time = facts.latest_deadline is not None and now <= facts.latest_deadline
    return Standing(now=now, deadline=facts.latest_deadline, in_time=in_time, against_writing=against)


def render_own(
    request: HttpRequest, application: Application, template: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """Draw a page of an applicant, with the call above it and the deadline beside it."""
    now = context.get("now") or clock.now()
    standing = context.get("standing") or standing_of(application, now=now)
    call: Call = application.call
    frame = {"application": application, "call": call, "now": now, "zone": call.timezone, "standing": standing}
    return render(request, f"procurement/{template}", {**frame, **context}, status=status)
