"""What an applicant does with the access code of an application: note it, or begin anew without it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from procurement.actions.drop_upload import forget
from procurement.actions.working_copy import lock_own, lock_to_edit
from procurement.enums import SealedIn
from procurement.models import Application
from procurement.models.access import new_access
from workflow import audit
from workflow.transitions import use_case


@use_case
def note_code(*, application: Application, actor: Any, now: datetime) -> Application:
    """Keep that the applicant said they noted the code: the pages then stop reminding them."""
    locked = lock_own(application, actor=actor, act="note_code")
    if locked.code_noted_at is None:
        locked.code_noted_at = now
        locked.save(update_fields=["code_noted_at"])
        audit.record(locked, "note_code", actor=actor, now=now)
    return locked


@use_case
def renew_access(*, application: Application, actor: Any, now: datetime) -> Application:
    """Make a new code where the old one is lost, and empty the working copy, which nobody can read any more.

    What a browser sealed under a code of its own stays.
    What was submitted stands, and the committee can open it. Refuses after the deadline (SUB-03), when nothing could be
    written in its place.
    """
    locked = lock_to_edit(application, actor=actor, now=now, act="renew_access")
    access = new_access(locked.reference)
    locked.key_check, locked.code_noted_at = access.check, None
    locked.save(update_fields=["key_check", "code_noted_at"])
    locked.kept_codes.all().delete()
    locked.envelopes.filter(submission=None, sealed_in=SealedIn.SERVER).update(
        sealed=None, saved_at=None, saved_parts={}
    )
    unreadable = locked.documents.filter(removed_at=None, completion=None, sealed_in=SealedIn.SERVER)
    unreadable.update(removed_at=now, removed_by=actor)
    for upload in locked.uploads.all():
        forget(upload, now=now)
    audit.record(locked, "renew_access", actor=actor, now=now)
    locked.access = access
    return locked
