"""Begin to receive a file part by part."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.conf import settings

from procurement.actions.attaching import lock_to_attach
from procurement.actions.quota import hold_quota
from procurement.models import Application, CompletionRequest, Requirement, Upload
from procurement.models.working_copy import attached_files
from procurement.queries.sealed_files import SALT
from procurement.queries.uploads import Arriving, arriving, plain_upload, seal_upload
from procurement.rules import uploads
from procurement.rules.file_names import clean_name
from procurement.sealing.files import new_file_key, sealed_size
from workflow import audit
from workflow.transitions import demand, use_case


@use_case
def begin_upload(
    *,
    application: Application,
    requirement: Requirement,
    name: str,
    length: int,
    actor: Any,
    now: datetime,
    completion: CompletionRequest | None = None,
) -> Arriving:
    """Make room for a file of so many bytes; its name, length and key are sealed, as they will be once it is attached.

    Refuses after the deadline (SUB-03), an empty or too large file, too many at once, and beyond the quota (UPL-…), what a
    browser is to seal (BRO-04); outside the window of a request that it answers (CPL-…); and, but for such an answer, with
    Locked without the access code.
    """
    locked = lock_to_attach(application, requirement, completion, actor=actor, now=now, act="begin_upload")
    shown = clean_name(name)
    facts = upload_facts(locked, requirement, name=shown, length=length, completion=completion)
    demand(uploads.BEGIN, facts, subject=locked, act="begin_upload")
    size = sealed_size(length)
    hold_quota(locked, size=size, act="begin_upload", completion=completion)
    made = uuid4()
    told = plain_upload(name=shown, length=length, key=new_file_key(), salt=secrets.token_bytes(SALT))
    sealed = seal_upload(locked, made, told) if completion is None else told
    row = Upload.objects.create(
        id=made, application=locked, requirement=requirement, begun_by=actor, sealed=sealed, size=size, completion=completion,
        expires_at=now + settings.UPLOAD_KEPT,
    )  # fmt: skip
    traced = {"upload": str(made), "requirement": requirement.code}
    audit.record(locked, "begin_upload", actor=actor, now=now, details=traced)
    return arriving(locked, row)


def upload_facts(
    application: Application, requirement: Requirement, *, name: str, length: int, completion: CompletionRequest | None
) -> uploads.UploadFacts:
    """Gather what beginning depends on."""
    return uploads.UploadFacts(
        name=name,
        size=length,
        largest=settings.UPLOAD_MAX_BYTES,
        attached=len(attached_files(application, requirement=requirement, completion=completion)),
        most_files=requirement.most_files,
        under_way=application.uploads.count(),
        most_under_way=settings.UPLOADS_AT_ONCE,
    )
