"""Ask an applicant to complete the file, once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from accounts.models import User
from procurement import permissions as may
from procurement.actions.tell import tell_applicant
from procurement.models import Application, CompletionRequest, Requirement
from procurement.models.facts.compliance import check_facts, not_askable
from procurement.rules import compliance
from workflow import audit
from workflow.transitions import demand, demand_permission, use_case


@use_case
def ask_completion(
    *, application: Application, requirements: Sequence[Requirement], message: str, actor: User, now: datetime
) -> CompletionRequest:
    """Ask for named documents within the call's own window, in hours; one request for each application.

    Refuses documents that were found in order and those that the call does not let anybody complete.
    """
    call = application.call
    demand_permission(may.check_compliance(call, actor), subject=call, act="ask_completion")
    locked = Application.objects.select_for_update(of=("self",)).select_related("call").get(pk=application.pk)
    codes = {requirement.code for requirement in requirements}
    facts = check_facts(
        locked,
        now=now,
        chosen=tuple(sorted(codes)),
        not_askable=not_askable(locked, chosen=codes),
        message_length=len(message.strip()),
    )
    demand(compliance.ASK, facts, subject=locked, act="ask_completion")
    request = CompletionRequest.objects.create(
        application=locked,
        message=message.strip(),
        asked_at=now,
        asked_by=actor,
        due_at=now + timedelta(hours=locked.call.completion_hours),
    )
    request.requirements.set(requirements)
    details = {"application": locked.pk, "requirements": sorted(requirement.pk for requirement in requirements)}
    audit.record(request, "ask_completion", actor=actor, now=now, scope=call.reference, details=details)
    tell_applicant(kind="completion_request", application=locked, key=str(request.pk), now=now, completion=request.pk)
    return request
