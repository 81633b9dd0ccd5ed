"""Note that somebody asked for a page of a file that is not there for them."""

from __future__ import annotations

from datetime import datetime, timedelta

from accounts.models import User
from procurement.models import Application, Call
from workflow import audit
from workflow.models import AuditEvent
from workflow.transitions import use_case

ONCE_IN = timedelta(hours=1)  # who asks again and again for the same page fills no log
ACT = "ask_for_page"


@use_case
def note_refused_reading(*, reference: str, page: str, actor: User, now: datetime) -> AuditEvent | None:
    """Leave an event: who asked, for which page of which file (2014/24/EU, annex IV (g)); None where there is no such file.

    An attempt on an application is told of its call alone: before the opening nobody shall learn from it that somebody
    applied.
    """
    call = Call.objects.filter(reference=reference).first()
    scope = call.reference if call else _call_of(reference)
    if not scope or _noted(scope, page, actor=actor, now=now):
        return None
    event = audit.event_of(
        call, ACT, actor=actor, now=now, scope=scope, outcome=AuditEvent.Outcome.REFUSED, reasons=["PERMISSION"],
        details={"page": page},
    )  # fmt: skip
    audit.write([event])
    return event


def _call_of(application: str) -> str | None:
    return Application.objects.filter(reference=application).values_list("call__reference", flat=True).first()


def _noted(scope: str, page: str, *, actor: User, now: datetime) -> bool:
    earlier = AuditEvent.objects.filter(scope=scope, actor_id=actor.pk, act=ACT, at__gt=now - ONCE_IN)
    return earlier.filter(details__page=page).exists()
