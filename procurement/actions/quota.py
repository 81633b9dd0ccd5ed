"""What the files of one application may take in the store: one rule for every way on which a file comes."""

from __future__ import annotations

from django.conf import settings

from procurement.models import Application, CompletionRequest
from procurement.queries.uploads import kept_bytes
from procurement.rules import uploads
from workflow.transitions import demand


def hold_quota(locked: Application, *, size: int, act: str, completion: CompletionRequest | None = None) -> None:
    """Refuse a file of `size` sealed bytes beyond the quota (UPL-02, for the answer to a request UPL-06).

    The row of the application is locked by whoever asks, so that of two files that come together the second one sees the
    first. An answer has a quota of its own: who sent much before the deadline can still complete a file.
    """
    facts = uploads.StoreFacts(
        size=size, kept=kept_bytes(locked, completion=completion), quota=settings.UPLOAD_QUOTA_BYTES
    )
    demand((uploads.WITHIN_QUOTA if completion is None else uploads.ANSWER_QUOTA,), facts, subject=locked, act=act)
