"""Drop a file that has begun to arrive."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from procurement import permissions
from procurement.actions.keep_part import Elsewhere, OutOfPlace, held
from procurement.models import Upload
from workflow import audit, outbox
from workflow.transitions import demand_permission, use_case

AT_ONCE = 100


@use_case
def drop_upload(*, upload: Upload, actor: Any, now: datetime) -> Upload:
    """Forget a file that has begun to arrive and have its parts deleted; raises Elsewhere while one is being written."""
    application = upload.application
    demand_permission(permissions.own_application(application, actor), subject=application, act="drop_upload")
    row = held(upload)
    forget(row, now=now)
    audit.record(application, "drop_upload", actor=actor, now=now, details={"upload": str(row.pk)})
    return row


def forget(row: Upload, *, now: datetime) -> None:
    """Delete the row, and its parts once that is safe."""
    outbox.post("procurement.discard_parts", key=str(row.pk), now=now, file=str(row.pk), parts=row.parts + 1)
    row.delete()


def drop_expired(*, now: datetime) -> int:
    """Drop what nobody went on with; return how many."""
    dropped = 0
    for row in Upload.objects.filter(expires_at__lte=now).select_related("application__call")[:AT_ONCE]:
        try:
            drop_one_expired(upload=row, now=now)
        except (Elsewhere, OutOfPlace):
            continue
        dropped += 1
    return dropped


@use_case
def drop_one_expired(*, upload: Upload, now: datetime) -> None:
    """Drop one upload whose time is over."""
    row = held(upload)
    if row.expires_at <= now:
        forget(row, now=now)
        audit.record(upload.application, "drop_upload", actor=None, now=now, details={"upload": str(upload.pk)})
