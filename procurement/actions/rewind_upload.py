"""Go back in a file that is arriving, to where what the store holds is still right."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from procurement import permissions
from procurement.actions.keep_part import held
from procurement.models import Upload
from workflow import audit
from workflow.transitions import demand_permission, use_case


@use_case
def rewind_upload(*, upload: Upload, parts: int, actor: Any, now: datetime) -> Upload:
    """Keep the first parts only: the store lost or altered the one after them, and it must be sent again."""
    application = upload.application
    demand_permission(permissions.own_application(application, actor), subject=application, act="rewind_upload")
    row = held(upload)
    row.parts, row.digests = min(parts, row.parts), row.digests[:parts]
    row.save(update_fields=["parts", "digests"])
    traced = {"upload": str(row.pk), "parts": row.parts}
    audit.record(application, "rewind_upload", actor=actor, now=now, details=traced)
    return row
