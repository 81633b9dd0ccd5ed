"""What becomes of kept access codes when the password of their owner changes."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from procurement.models import KeptCode
from procurement.queries.kept_codes import code_under, kept_codes_of, sealed_code
from workflow import audit
from workflow.transitions import use_case


@use_case
def rewrap_codes(*, old: str, new: str, actor: Any, now: datetime) -> None:
    """Seal each code that a person keeps under the new password; what the old one does not open is lost."""
    for kept in kept_codes_of(actor).select_for_update(of=("self",)):
        code = code_under(kept, old)
        if not code:
            _lose(kept, actor=actor, now=now)
            continue
        kept.sealed = sealed_code(kept.application, actor, code, new)
        kept.save(update_fields=["sealed"])
        audit.record(kept.application, "rewrap_code", actor=actor, now=now)


@use_case
def lose_codes(*, actor: Any, now: datetime) -> None:
    """Throw away what lies under a password that nobody typed: it could not be read any more, and the page says so."""
    for kept in kept_codes_of(actor).select_for_update(of=("self",)):
        _lose(kept, actor=actor, now=now)


def _lose(kept: KeptCode, *, actor: Any, now: datetime) -> None:
    kept.sealed, kept.lost_at = None, now
    kept.save(update_fields=["sealed", "lost_at"])
    audit.record(kept.application, "lose_code", actor=actor, now=now)
