"""Write the officer’s own paragraph of a letter."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from procurement import permissions
from procurement.enums import LetterState
from procurement.models import Letter
from procurement.rules import notifying
from workflow import audit
from workflow.transitions import demand, demand_permission, use_case


@use_case
def edit_letter(*, letter: Letter, note: str, actor: Any, now: datetime) -> Letter:
    """Keep the officer's own paragraph; refuses a letter that was approved or sent."""
    locked = Letter.objects.select_for_update(of=("self",)).select_related("call__organisation").get(pk=letter.pk)
    demand_permission(permissions.letters_of(locked, actor), subject=locked.call, act="edit_letter")
    facts = notifying.NoteFacts(draft=locked.state == LetterState.DRAFT)
    demand(notifying.CHANGE, facts, subject=locked.call, act="edit_letter")
    locked.note = note.strip()
    locked.save(update_fields=["note"])
    audit.record(locked, "edit_letter", actor=actor, now=now)
    return locked
