"""The facts of a request to complete the file."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from procurement.models.facts.moments import label
from procurement.rules.completion import CompletionFacts

if TYPE_CHECKING:
    from procurement.models import CompletionRequest


def completion_facts(request: CompletionRequest, *, now: datetime, code: str = "") -> CompletionFacts:
    """Gather what answering a request depends on; `code` is the document to attach."""
    return CompletionFacts(
        now=now,
        due_at=request.due_at,
        due_label=label(request.due_at, call=request.application.call),
        answered=request.answered_at is not None,
        asked=tuple(request.requirements.values_list("code", flat=True)),
        code=code,
        attached=request.documents.filter(removed_at=None).count(),
    )
