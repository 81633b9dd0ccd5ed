"""Logs to examine: events written, sealed, and what somebody with every right on the database could do to them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import psycopg
from django.db import connection, transaction

from workflow import audit, clock
from workflow.log import sealer, verification
from workflow.log.report import Report
from workflow.models import AuditEvent, AuditLeaf, AuditWaiting


def write(count: int, *, act: str = "look", **fields: Any) -> list[AuditEvent]:
    """Write events, each in a transaction of its own."""
    events = [
        AuditEvent(at=clock.now(), act=act, details={"n": number, "said": f"été {number}"}, **fields)
        for number in range(count)
    ]
    for event in events:
        audit.write([event])
    return events


def sealed_log(*batches: int, **fields: Any) -> None:
    """Write and seal events, a checkpoint for each batch."""
    for count in batches:
        write(count, **fields)
        assert seal_all(limit=count + 10) == count


def seal_all(**how: Any) -> int:
    """Seal what is committed, whatever transactions of other tests are open on the same server."""
    return sealer.seal_all(patience=timedelta(0), **how)


def numbers() -> list[int]:
    return list(AuditLeaf.objects.order_by("seq").values_list("seq", flat=True))


def waiting() -> int:
    return AuditWaiting.objects.count()


def examined(**how: Any) -> Report:
    """Examine the log alone: the rows of these tests come from nowhere."""
    return verification.examine(with_rows=False, **how)


def in_order() -> list[int]:
    """Return the events in the order of their numbers."""
    return list(AuditLeaf.objects.order_by("seq").values_list("event_id", flat=True))


def without_triggers(statement: str, values: Sequence[Any] = ()) -> None:
    """Do what only somebody with every right on the server can do."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        try:
            cursor.execute(statement, values)
        finally:
            cursor.execute("SET session_replication_role = origin")


@contextmanager
def undone() -> Iterator[None]:
    """Undo at the end what was done inside."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def other_session() -> Iterator[psycopg.Connection[Any]]:
    """Yield a connection of somebody else, in a transaction as soon as it says something; gone at the end."""
    asked = connection.get_connection_params()
    session = psycopg.connect(
        **{name: asked[name] for name in ("dbname", "user", "password", "host", "port") if asked.get(name)}
    )
    try:
        yield session
    finally:
        session.close()


INSERT = (
    "INSERT INTO workflow_auditevent (at, act, subject_type, subject_id, scope, source, target, outcome, reasons, details) "
    "VALUES (app_now(), %s, '', '', '', '', '', 'done', '[]', '{}') RETURNING id"
)
