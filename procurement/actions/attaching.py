"""Where a file may still go: the working copy until the deadline, or the answer to a request of the committee."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from procurement.actions.working_copy import demand_sealed_here, lock_own, lock_to_edit
from procurement.models import Application, CompletionRequest, Requirement
from procurement.models.facts.completion import completion_facts
from procurement.rules import completion as windows
from workflow.transitions import demand, demand_permission


def lock_to_attach(
    application: Application,
    requirement: Requirement,
    completion: CompletionRequest | None,
    *,
    actor: Any,
    now: datetime,
    act: str,
) -> Application:
    """Return the locked application to which a file may be added now; refuses as the working copy or the request does."""
    if completion is None:
        locked = lock_to_edit(application, actor=actor, now=now, act=act)
        demand_sealed_here(locked, envelope=requirement.envelope, act=act)
    else:
        locked = lock_own(application, actor=actor, act=act)
        demand_window(locked, requirement, completion, now=now, act=act)
    foreign = requirement.call_id != locked.call_id or (completion and completion.application_id != locked.pk)
    demand_permission(not foreign, subject=locked, act=act)
    return locked


def demand_window(
    application: Application, requirement: Requirement, completion: CompletionRequest, *, now: datetime, act: str
) -> None:
    """Refuse what answers a request outside its window, after the answer, or for another document (CPL-…)."""
    present = CompletionRequest.objects.get(pk=completion.pk)  # as it is now
    facts = completion_facts(present, now=now, code=requirement.code)
    demand(windows.ATTACH, facts, subject=application, act=act)
