"""Effects of the profile's messages."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from experts.actions.scan_cv import scan_cv
from experts.models import Expert
from workflow import outbox, storage
from workflow.models import StoredFile


@outbox.task("experts.discard_file")
def discard_file(*, file_id: str, **_: Any) -> None:
    """Delete a file that no profile shows any more; one that came back in the meantime stays."""
    stored = StoredFile.objects.filter(pk=file_id).first()
    if stored and not Expert.objects.filter(cv=stored).exists():
        storage.discard(stored)


@outbox.task("experts.scan_file")
def scan_file(*, message: Any, now: datetime, file_id: str, **_: Any) -> None:
    """Have a curriculum looked at by the scanner that did not answer before; away again, the message comes again."""
    if expert := Expert.objects.filter(cv_id=UUID(file_id)).first():
        scan_cv(expert=expert, file=file_id, now=now)
