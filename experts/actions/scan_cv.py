"""Have a curriculum vitae looked at by the virus scanner that did not answer when it came."""

from __future__ import annotations

from datetime import datetime

from experts.models import Expert
from workflow import audit, scanning
from workflow.findings import NOT_SCANNED, has_virus
from workflow.inspection import look_into
from workflow.transitions import use_case


@use_case
def scan_cv(*, expert: Expert, file: str, now: datetime) -> Expert:
    """Look once more and put what the scanner says in the place of its silence; raises Away.

    Another file that came meanwhile was looked at when it came.
    """
    locked = Expert.objects.select_for_update(of=("self",)).select_related("cv").get(pk=expert.pk)
    if locked.cv is None or str(locked.cv_id) != file:
        return locked
    content = look_into(locked.cv)
    if NOT_SCANNED in content.findings:
        raise scanning.Away("not yet")
    locked.cv_findings = sorted({*locked.cv_findings, *content.findings} - {NOT_SCANNED})
    locked.save(update_fields=["cv_findings"])
    if has_virus(locked.cv_findings):
        audit.record(locked, "find_virus", actor=None, now=now, details={"file": file})
    return locked
