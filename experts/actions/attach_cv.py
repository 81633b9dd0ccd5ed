"""Keep a curriculum vitae that was sent, in place of the earlier one."""

from __future__ import annotations

from datetime import datetime

from accounts.models import User
from experts import documents, permissions, rules
from experts.models import Expert
from workflow import audit, outbox
from workflow.findings import NOT_SCANNED
from workflow.models import StoredFile
from workflow.transitions import demand, demand_permission, use_case


@use_case
def attach_cv(
    *, expert: Expert, stored: StoredFile, upload: documents.Upload, name: str, actor: User, now: datetime
) -> Expert:
    """Put a stored file in the place of the earlier one, under a name that says what it is.

    `upload` is what was seen in it; what deserves a warning, a virus too, is kept beside it, as with files of applications.
    Refuse an empty file, one above 10 MB, one with a password, a damaged one and anything that is neither PDF nor Word.
    """
    locked = Expert.objects.select_for_update(of=("self",)).select_related("cv").get(pk=expert.pk)
    demand_permission(permissions.may_write_profile(locked, actor), subject=locked, act="attach_cv")
    demand(rules.ACCEPTED, upload, subject=locked, act="attach_cv")
    forget_file(locked, now=now)
    shown = documents.clean_name(name, kind=upload.kind)
    StoredFile.objects.filter(pk=stored.pk).update(name=shown, media_type=upload.kind)
    locked.cv, locked.cv_findings = stored, list(upload.findings)
    locked.save(update_fields=["cv", "cv_findings"])
    audit.record(locked, "attach_cv", actor=actor, now=now, details={"file": str(stored.pk), "sha256": stored.sha256})
    if NOT_SCANNED in upload.findings:
        outbox.post("experts.scan_file", key=str(stored.pk), now=now, file_id=str(stored.pk))
    return locked


def forget_file(expert: Expert, *, now: datetime) -> None:
    """Have the present curriculum's bytes deleted once this transaction is safe."""
    if expert.cv_id:
        outbox.post("experts.discard_file", key=str(expert.cv_id), now=now, file_id=str(expert.cv_id))
