"""Tell somebody something by mail: a row of the outbox, written in the act's own transaction."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from procurement.models import Application, Call
from workflow import outbox
from workflow.models import OutboxMessage


def tell(
    *, kind: str, to: Any, key: str, now: datetime, call: Call, application: Application | None = None, **ids: Any
) -> OutboxMessage:
    """Post one mail of a kind (templates/mail/<kind>.txt) to a person; the same kind, key and person once only."""
    return outbox.post(
        "procurement.send_mail",
        key=f"{kind}:{key}:{to.pk}",
        now=now,
        scope=call.reference,
        kind=kind,
        user_id=to.pk,
        call_id=call.pk,
        application_id=application.pk if application else None,
        ids=ids,
    )


def tell_applicant(*, kind: str, application: Application, key: str, now: datetime, **ids: Any) -> None:
    """Tell everybody who writes for an applicant: the person, or each representative of the firm."""
    for person in people_of(application):
        tell(kind=kind, to=person, key=key, now=now, call=application.call, application=application, **ids)


def people_of(application: Application) -> list[Any]:
    """Return the people behind an application."""
    if application.organisation is None:
        return [application.user]
    seats = application.organisation.memberships.filter(role="representative", ended_at=None).select_related("user")
    return [seat.user for seat in seats] or [application.user]
