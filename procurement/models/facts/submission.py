"""The facts of a submission."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from procurement import permissions
from procurement.enums import CallState, PUBLIC
from procurement.models.facts.moments import label
from procurement.models.facts.parts import incomplete_parts
from procurement.rules.submission import SubmissionFacts

if TYPE_CHECKING:
    from procurement.models import Application


def submission_facts(application: Application, *, now: datetime) -> SubmissionFacts:
    """Gather what editing, submitting and withdrawing depend on."""
    call = application.call
    latest = call.latest_deadline()
    return SubmissionFacts(
        now=now,
        published=call.state in PUBLIC and call.state not in (CallState.CANCELLED, CallState.UNSUCCESSFUL),
        suspended=call.state == CallState.SUSPENDED,
        before_opening=call.opened_at is None,
        latest_deadline=latest,
        deadline_label=label(latest, call=call),
        incomplete=tuple(incomplete_parts(application)),
        submitted=application.state == "submitted",
        own_call=permissions.work_on_call(call, application.user),
    )
