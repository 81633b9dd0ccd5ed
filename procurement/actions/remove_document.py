"""Take a file out of the working copy."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from procurement.actions.working_copy import lock_own, lock_to_edit
from procurement.models import CompletionRequest, Document
from procurement.models.facts.completion import completion_facts
from procurement.rules import completion as windows
from workflow import audit
from workflow.transitions import demand, use_case


@use_case
def remove_document(*, document: Document, actor: Any, now: datetime) -> Document:
    """Take a document out of the working copy, or out of an answer not sent yet; what was submitted keeps it.

    Refuses after the deadline, or after the window of the request.
    """
    if document.completion_id is None:
        locked = lock_to_edit(document.application, actor=actor, now=now, act="remove_document")
    else:
        locked = lock_own(document.application, actor=actor, act="remove_document")
        request = CompletionRequest.objects.get(pk=document.completion_id)  # as it is now that nobody else writes
        facts = completion_facts(request, now=now, code=document.requirement.code)
        demand(windows.ATTACH, facts, subject=locked, act="remove_document")
    present = Document.objects.get(pk=document.pk)
    if present.removed_at is None:
        present.removed_at, present.removed_by = now, actor
        present.save(update_fields=["removed_at", "removed_by"])
        audit.record(locked, "remove_document", actor=actor, now=now, details={"document": present.pk})
    return present
