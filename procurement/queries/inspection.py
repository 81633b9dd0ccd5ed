"""Looking into a stored file, in bounded memory: its parts are opened one at a time, and none is put anywhere."""

from __future__ import annotations

from workflow import storage
from workflow.contents.kinds import Content, look_at
from workflow.models import StoredFile
from workflow.storage import PartTransform


def look_into(stored: StoredFile, *, size: int | None = None, unseal: PartTransform | None = None) -> Content:
    """Say what a stored file is by its bytes, and what in it deserves a warning. `size` is that of the file itself."""
    whole = stored.size if size is None else size
    return look_at(storage.reader(stored, size=whole, unseal=unseal), size=whole)
