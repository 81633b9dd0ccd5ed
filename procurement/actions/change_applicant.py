"""Say for whom an application is made: oneself or a firm."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from accounts.models import Organisation
from procurement import permissions
from procurement.actions.working_copy import lock_to_edit
from procurement.models import Application
from procurement.rules import submission
from workflow import audit
from workflow.transitions import demand, demand_permission, use_case


@use_case
def change_applicant(
    *, application: Application, organisation: Organisation | None, actor: Any, now: datetime
) -> Application:
    """Make the application one's own or a firm's; only the person who began it may, before the first submission.

    Refuses when that applicant has an application to the call already (SUB-10).
    """
    locked = lock_to_edit(application, actor=actor, now=now, act="change_applicant")
    allowed = locked.user_id == actor.pk and permissions.apply_for(organisation, actor)
    demand_permission(allowed, subject=locked, act="change_applicant")
    if locked.organisation == organisation:
        return locked
    own = {"organisation": organisation} if organisation else {"organisation": None, "user": actor}
    taken = Application.objects.filter(call=locked.call, **own).exclude(pk=locked.pk).exists()
    facts = submission.ChangingFacts(submitted_before=locked.submissions.exists(), taken=taken)
    demand((submission.NEVER_SUBMITTED, submission.ONE_EACH), facts, subject=locked, act="change_applicant")
    locked.organisation = organisation
    locked.save(update_fields=["organisation"])
    audit.record(locked, "change_applicant", actor=actor, now=now, details={"firm": bool(organisation)})
    return locked
