"""Throw away an application that was never submitted."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from procurement.actions.drop_upload import forget
from procurement.actions.working_copy import lock_own
from procurement.models import Application, Document
from procurement.rules import submission
from workflow import audit, outbox
from workflow.transitions import demand, use_case


@use_case
def discard_draft(*, application: Application, actor: Any, now: datetime) -> Application:
    """Erase a draft with its files and texts; the log keeps that there was one. Refuses once it was submitted (SUB-09)."""
    locked = lock_own(application, actor=actor, act="discard_draft")
    facts = submission.ChangingFacts(submitted_before=locked.submissions.exists())
    demand((submission.NEVER_SUBMITTED,), facts, subject=locked, act="discard_draft")
    audit.record(locked, "discard_draft", actor=actor, now=now)
    files = [str(pk) for pk in Document.objects.filter(application=locked).values_list("file_id", flat=True)]
    for upload in locked.uploads.all():
        forget(upload, now=now)
    Document.objects.filter(application=locked).delete()
    locked.envelopes.all().delete()
    locked.delete()
    if files:
        key, scope = application.reference, locked.call.reference
        outbox.post("procurement.discard_files", key=key, now=now, scope=scope, files=files)
    return application
