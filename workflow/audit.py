"""The log: one event for each act, in the transaction of the act. Events hold identifiers, never names."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import models

from workflow.kept_rows import insert
from workflow.models import AuditEvent
from workflow.refusals import NotPermitted, Refused


def record(
    subject: models.Model | None,
    act: str,
    *,
    actor: Any,
    now: datetime,
    source: str = "",
    target: str = "",
    details: dict[str, Any] | None = None,
    scope: str | None = None,
) -> AuditEvent:
    """Write that an act was done on a row by a person (None: the clock) at an instant of the database's clock."""
    event = event_of(
        subject, act, actor=actor, now=now, source=source, target=target, details=details or {}, scope=scope
    )
    write([event])
    return event


def record_refusal(refusal: Refused | NotPermitted, *, actor: Any, now: Any) -> AuditEvent | None:
    """Write that an attempt was refused and for which codes; the attempt itself was rolled back."""
    if now is None:
        return None
    codes = refusal.codes if isinstance(refusal, Refused) else ["PERMISSION"]
    refused = AuditEvent.Outcome.REFUSED
    event = event_of(refusal.subject, refusal.act, actor=actor, now=now, outcome=refused, reasons=codes)
    write([event])
    return event


def write(events: Iterable[AuditEvent]) -> None:
    """Write events: one, or those of rows that moved together."""
    rows = list(events)
    if len(rows) == 1:
        insert(rows)
    else:
        AuditEvent.objects.bulk_create(rows, batch_size=1000)


def event_of(
    subject: Any, act: str, *, actor: Any, now: datetime, scope: str | None = None, **fields: Any
) -> AuditEvent:
    """Return the event of an act, not written yet."""
    row = subject if isinstance(subject, models.Model) else None
    return AuditEvent(
        at=now,
        actor_id=getattr(actor, "pk", None),
        act=act,
        subject_type=row._meta.db_table if row else "",
        subject_id=str(row.pk) if row else "",
        scope=scope if scope is not None else getattr(row, "scope", ""),
        **fields,
    )


def history_of(scope: str) -> models.QuerySet[AuditEvent]:
    """Return the events of one file, newest first."""
    return AuditEvent.objects.filter(scope=scope).order_by("-id")
