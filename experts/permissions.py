"""Who may do what to a profile: the person, and nobody else."""

from __future__ import annotations

from typing import Any

from experts.models import Expert


def may_see_profile(expert: Expert, actor: Any) -> bool:
    """Only the person; what a call needs travels in an application, not from here."""
    return bool(getattr(actor, "is_authenticated", False) and expert.user_id == actor.pk)


def may_write_profile(expert: Expert, actor: Any) -> bool:
    """Only the person."""
    return may_see_profile(expert, actor) and bool(actor.is_active)
