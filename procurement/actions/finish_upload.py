"""Attach a file that has arrived part by part."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from procurement.actions.attach_document import attach_document
from procurement.actions.keep_part import OutOfPlace, held
from procurement.actions.working_copy import lock_own
from procurement.models import Upload
from procurement.models.working_copy import Attached
from procurement.queries.upload_check import Checked
from workflow.transitions import use_case


@use_case
def finish_upload(*, upload: Upload, checked: Checked, actor: Any, now: datetime) -> Attached:
    """Make the file a document of the working copy or of an answer, as attach_document does, and forget that it was under way.

    Refuses as attach_document does; raises Elsewhere and OutOfPlace as every change of an upload, the latter also where a part
    was written anew after it was checked.
    """
    lock_own(
        upload.application, actor=actor, act="attach_document"
    )  # first: who empties the working copy has it first too
    row = held(upload)
    if row.digests != upload.digests:
        raise OutOfPlace
    row.delete()
    checked.stored.save(force_insert=True)
    return attach_document(
        application=upload.application, requirement=upload.requirement, completion=upload.completion,
        received=checked.received, actor=actor, now=now,
    )  # fmt: skip
