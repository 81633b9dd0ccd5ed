"""The applicant's working copy: one lock for everything that changes it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from procurement import permissions
from procurement.enums import ApplicationState as S
from procurement.enums import EnvelopeKind
from procurement.models import Application
from procurement.models.browser_copy import seals_in_browser
from procurement.models.facts.submission import writing_facts
from procurement.rules import browser_sealing, submission
from workflow.kept import kept
from workflow.refusals import NoSuchMove
from workflow.transitions import demand, demand_permission

LONG = ("call__terms", "call__frozen", "call__draft", "call__rules")  # texts that no act of an applicant reads
EDITABLE = (S.DRAFT, S.SUBMITTED, S.WITHDRAWN)


def lock_own(application: Application, *, actor: Any, act: str) -> Application:
    """Return the locked application to somebody who writes for the applicant; refuses everybody else.

    The access of the request is carried over only if no newer code was made meanwhile: what an older one seals, nobody opens.
    """
    locked: Application | None = _locked_row.one(pk=application.pk)
    if locked is None:  # erased meanwhile
        raise Application.DoesNotExist
    locked.access = application.access if application.access and application.access.check == locked.key_check else None
    demand_permission(permissions.own_application(locked, actor), subject=locked, act=act)
    return locked


@kept
def _locked_row(pk: int) -> QuerySet[Application]:
    rows = Application.objects.select_for_update(of=("self",)).filter(pk=pk)
    return rows.select_related("call__organisation", "organisation", "user").defer(*LONG)


def lock_to_edit(application: Application, *, actor: Any, now: datetime, act: str) -> Application:
    """Return the locked application whose working copy may change now; refuses after the deadline or the opening."""
    locked = lock_own(application, actor=actor, act=act)
    if locked.state not in EDITABLE:
        raise NoSuchMove(subject=locked, act=act)
    demand(submission.EDIT, writing_facts(locked.call, now=now), subject=locked, act=act)
    return locked


def demand_sealed_here(locked: Application, *, envelope: str, act: str) -> None:
    """Refuse plain text for an envelope that the applicant's browser seals (BRO-04)."""
    if envelope == EnvelopeKind.FINANCIAL:
        place = browser_sealing.PlaceFacts(in_browser=seals_in_browser(locked))
        demand((browser_sealing.IN_BROWSER,), place, subject=locked, act=act)
