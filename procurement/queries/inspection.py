"""Looking into a stored file, in bounded memory."""

from __future__ import annotations

from workflow import storage
from workflow.contents.kinds import Content, look_at
from workflow.models import StoredFile


def look_into(stored: StoredFile) -> Content:
    """Say what a stored file is by its bytes, and what in it deserves a warning."""
    return look_at(storage.reader(stored), size=stored.size)
