"""Tell everybody who prepares or has sent an application, without anybody learning who they are."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from procurement.actions.tell import tell_applicant
from procurement.models import Call
from workflow import outbox


def ask_to_tell_applicants(*, call: Call, kind: str, now: datetime, **ids: Any) -> None:
    """Post one message in the act's transaction; its effect finds the applicants."""
    outbox.post(
        "procurement.tell_applicants", key=f"{kind}:{call.pk}:{now.isoformat()}", now=now, scope=call.reference,
        kind=kind, call_id=call.pk, ids=ids,
    )  # fmt: skip


def tell_applicants(*, call: Call, kind: str, key: str, now: datetime, ids: dict[str, Any]) -> None:
    """Post one mail for each person behind each application that was begun."""
    for application in call.applications.select_related("user", "organisation"):
        tell_applicant(kind=kind, application=application, key=f"{key}:{application.pk}", now=now, **ids)
