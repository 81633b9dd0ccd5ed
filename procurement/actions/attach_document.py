"""Attach a file to an application: what it is called and what is in it is sealed with the applicant's own key."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings

from procurement.actions.attaching import lock_to_attach
from procurement.actions.quota import hold_quota
from procurement.actions.scan_again import ask_to_scan
from procurement.models import Application, CompletionRequest, Document, Requirement
from procurement.models.working_copy import Attached, Told, attached_files, seal_told
from procurement.queries.sealed_files import Received
from procurement.rules import files
from procurement.rules.file_names import clean_name, extension_of
from workflow import audit
from workflow.transitions import demand, use_case


@use_case
def attach_document(
    *,
    application: Application,
    requirement: Requirement,
    received: Received,
    actor: Any,
    now: datetime,
    completion: CompletionRequest | None = None,
) -> Attached:
    """Add a stored file to the working copy, or to the answer to a request; its findings are kept with it.

    What answers a request comes after the opening: it is kept open for the committee, with the key of its file. Refuses
    a file of another kind than its name or the requirement say, a locked or damaged one (FIL-…), beyond the quota (UPL-…),
    after the deadline (SUB-03), outside the request (CPL-…); the working copy without the access code (Locked).
    """
    locked = lock_to_attach(application, requirement, completion, actor=actor, now=now, act="attach_document")
    shown = clean_name(received.name)
    facts = file_facts(locked, requirement, received, name=shown, completion=completion)
    demand(files.ACCEPTED, facts, subject=locked, act="attach_document")
    hold_quota(locked, size=received.stored.size, act="attach_document", completion=completion)
    told = _told(received, name=shown)
    document = Document.objects.create(
        application=locked, requirement=requirement, completion=completion, file=received.stored, uploaded_by=actor,
        **(_sealed(locked, received, told) if completion is None else _plain(told)),
    )  # fmt: skip
    traced = {"document": document.pk, "requirement": requirement.code, "sha256": received.stored.sha256}
    audit.record(locked, "attach_document", actor=actor, now=now, details=traced)
    ask_to_scan([document], now=now)  # the working copy is looked at again after its opening
    return Attached(document, told)


def _told(received: Received, *, name: str) -> Told:
    return Told(
        name=name,
        media_type=files.MEDIA_TYPES[received.content.kind],
        size=received.size,
        sha256=received.sha256,
        findings=tuple(received.content.findings),
        key=received.key,
        salt=received.salt,
    )


def _sealed(application: Application, received: Received, told: Told) -> dict[str, Any]:
    return {"sealed": seal_told(application, received.stored.pk, told)}


def _plain(told: Told) -> dict[str, Any]:
    return {
        "name": told.name,
        "media_type": told.media_type,
        "size": told.size,
        "sha256": told.sha256,
        "findings": list(told.findings),
        "file_key": told.key,
    }


def file_facts(
    application: Application,
    requirement: Requirement,
    received: Received,
    *,
    name: str,
    completion: CompletionRequest | None,
) -> files.FileFacts:
    """Gather what accepting a file depends on."""
    beside = attached_files(application, requirement=requirement, completion=completion)
    content = received.content
    return files.FileFacts(
        name=name,
        ending=extension_of(name),
        kind=content.kind,
        size=received.size,
        largest=settings.UPLOAD_MAX_BYTES,
        locked=content.locked,
        damage=content.damage,
        formats=tuple(requirement.formats),
        attached=len(beside),
        most_files=requirement.most_files,
        here_already=received.sha256 in {one.told.sha256 for one in beside},
    )
