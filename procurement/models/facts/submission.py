"""The facts of a submission."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from procurement import permissions
from procurement.enums import PUBLIC, CallState
from procurement.models.facts.moments import label
from procurement.models.facts.parts import incomplete_parts
from procurement.rules.submission import SubmissionFacts, WritingFacts

if TYPE_CHECKING:
    from procurement.models import Application, Call

ENDED = (CallState.CANCELLED, CallState.UNSUCCESSFUL)


def submission_facts(application: Application, *, now: datetime) -> SubmissionFacts:
    """Gather what submitting and withdrawing depend on; what is missing cannot be told without the access code."""
    unlocked = application.access is not None
    return _facts(
        application.call,
        now=now,
        incomplete=tuple(incomplete_parts(application)) if unlocked else (),
        submitted=application.state == "submitted",
        unlocked=unlocked,
        own_call=application.works_somewhere and permissions.work_on_call(application.call, application.user),
    )


def starting_facts(call: Call, *, person: Any, now: datetime) -> SubmissionFacts:
    """Gather what beginning an application depends on, before there is one."""
    own_call = permissions.work_on_call(call, person)
    return _facts(call, now=now, incomplete=(), submitted=False, own_call=own_call)


def writing_facts(call: Call, *, now: datetime) -> WritingFacts:
    """Gather what writing an application depends on, whatever is in it."""
    latest = call.latest_deadline()
    return WritingFacts(
        now=now,
        published=call.state in PUBLIC and call.state not in ENDED,
        suspended=call.state == CallState.SUSPENDED,
        latest_deadline=latest,
        deadline_label=label(latest, call=call),
    )


def _facts(
    call: Call, *, now: datetime, incomplete: tuple[str, ...], submitted: bool, own_call: bool, unlocked: bool = True
) -> SubmissionFacts:
    return SubmissionFacts(
        **vars(writing_facts(call, now=now)),
        before_opening=call.opened_at is None,
        incomplete=incomplete,
        submitted=submitted,
        own_call=own_call,
        unlocked=unlocked,
    )
