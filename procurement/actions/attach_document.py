"""Attach a file to an application."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings

from procurement.actions.working_copy import lock_own, lock_to_edit
from procurement.models import Application, CompletionRequest, Document, Requirement
from procurement.models.facts.completion import completion_facts
from procurement.rules import completion as windows
from procurement.rules import files
from procurement.rules.file_names import clean_name, extension_of
from workflow import audit
from workflow.contents.kinds import Content
from workflow.models import StoredFile
from workflow.transitions import demand, demand_permission, use_case


@use_case
def attach_document(
    *,
    application: Application,
    requirement: Requirement,
    stored: StoredFile,
    name: str,
    content: Content,
    actor: Any,
    now: datetime,
    completion: CompletionRequest | None = None,
) -> Document:
    """Add a stored file to the working copy, or to the answer to a request; its findings are kept on the record.

    `content` is what queries.inspection.look_into(stored) saw. Refuses a file of another kind than its name or the
    requirement say, a locked or damaged one (FIL-…), after the deadline (SUB-03), outside the request (CPL-…).
    """
    locked = _locked(application, requirement, completion, actor=actor, now=now)
    shown = clean_name(name)
    facts = file_facts(locked, requirement, stored, name=shown, content=content, completion=completion)
    demand(files.ACCEPTED, facts, subject=locked, act="attach_document")
    StoredFile.objects.filter(pk=stored.pk).update(name=shown, media_type=files.MEDIA_TYPES[content.kind])
    findings = list(content.findings)
    answered = {"application": locked, "requirement": requirement, "completion": completion}
    document = Document.objects.create(**answered, file=stored, name=shown, findings=findings, uploaded_by=actor)
    traced = {"document": document.pk, "requirement": requirement.code, "sha256": stored.sha256}
    audit.record(locked, "attach_document", actor=actor, now=now, details=traced)
    return document


def _locked(
    application: Application,
    requirement: Requirement,
    completion: CompletionRequest | None,
    *,
    actor: Any,
    now: datetime,
) -> Application:
    if completion is None:
        locked = lock_to_edit(application, actor=actor, now=now, act="attach_document")
    else:
        locked = lock_own(application, actor=actor, act="attach_document")
        completion = CompletionRequest.objects.get(pk=completion.pk)  # as it is now that nobody else writes
        facts = completion_facts(completion, now=now, code=requirement.code)
        demand(windows.ATTACH, facts, subject=locked, act="attach_document")
    foreign = requirement.call_id != locked.call_id or (completion and completion.application_id != locked.pk)
    demand_permission(not foreign, subject=locked, act="attach_document")
    return locked


def file_facts(
    application: Application,
    requirement: Requirement,
    stored: StoredFile,
    *,
    name: str,
    content: Content,
    completion: CompletionRequest | None,
) -> files.FileFacts:
    """Gather what accepting a file depends on."""
    attached = application.documents.filter(requirement=requirement, completion=completion, removed_at=None)
    digests = list(attached.values_list("file__sha256", flat=True))
    return files.FileFacts(
        name=name,
        ending=extension_of(name),
        kind=content.kind,
        size=stored.size,
        largest=settings.UPLOAD_MAX_BYTES,
        locked=content.locked,
        damage=content.damage,
        formats=tuple(requirement.formats),
        attached=len(digests),
        most_files=requirement.most_files,
        here_already=stored.sha256 in digests,
    )
