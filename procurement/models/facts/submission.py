"""The facts of a submission."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from procurement import permissions
from procurement.enums import PUBLIC, CallState
from procurement.models.facts.moments import label
from procurement.models.facts.parts import incomplete_parts
from procurement.rules.submission import SubmissionFacts

if TYPE_CHECKING:
    from procurement.models import Application, Call

ENDED = (CallState.CANCELLED, CallState.UNSUCCESSFUL)


def submission_facts(application: Application, *, now: datetime) -> SubmissionFacts:
    """Gather what editing, submitting and withdrawing depend on."""
    return _facts(
        application.call,
        person=application.user,
        now=now,
        incomplete=tuple(incomplete_parts(application)),
        submitted=application.state == "submitted",
    )


def starting_facts(call: Call, *, person: Any, now: datetime) -> SubmissionFacts:
    """Gather what beginning an application depends on, before there is one."""
    return _facts(call, person=person, now=now, incomplete=(), submitted=False)


def _facts(call: Call, *, person: Any, now: datetime, incomplete: tuple[str, ...], submitted: bool) -> SubmissionFacts:
    latest = call.latest_deadline()
    return SubmissionFacts(
        now=now,
        published=call.state in PUBLIC and call.state not in ENDED,
        suspended=call.state == CallState.SUSPENDED,
        before_opening=call.opened_at is None,
        latest_deadline=latest,
        deadline_label=label(latest, call=call),
        incomplete=incomplete,
        submitted=submitted,
        own_call=permissions.work_on_call(call, person),
    )
