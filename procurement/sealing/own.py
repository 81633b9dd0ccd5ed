"""What an applicant can always read again: sealed under the draft key."""

from __future__ import annotations

from procurement.sealing.context import Context
from procurement.sealing.primitives import open_sealed, seal_with


def seal_own(plain: bytes, *, key: bytes, context: Context) -> bytes:
    """Return `plain` sealed under the draft key for this place."""
    return seal_with(key, plain, context=context.bytes())


def open_own(sealed: bytes, *, key: bytes, context: Context) -> bytes:
    """Return what was sealed; Unreadable for another key or place, or altered bytes."""
    return open_sealed(key, sealed, context=context.bytes())
