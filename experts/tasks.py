"""Effects of the profile's messages."""

from __future__ import annotations

from typing import Any

from experts.models import Expert
from workflow import outbox, storage
from workflow.models import StoredFile


@outbox.task("experts.discard_file")
def discard_file(*, file_id: str, **_: Any) -> None:
    """Delete a file that no profile shows any more; one that came back in the meantime stays."""
    stored = StoredFile.objects.filter(pk=file_id).first()
    if stored and not Expert.objects.filter(cv=stored).exists():
        storage.discard(stored)
