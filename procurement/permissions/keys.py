"""Who replaces a key holder while a call collects: the officer asks, another person of the organisation decides."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from accounts.enums import Role
from procurement.permissions.calls import has_role, is_officer

if TYPE_CHECKING:
    from procurement.models import Call, KeyReplacement


def ask_key_replacement(call: Call, user: Any) -> bool:
    """The officer says who should hold a key in place of whom, and why."""
    return is_officer(call, user)


def decide_key_replacement(call: Call, user: Any) -> bool:
    """Another officer, an approver or the authority; the rules ask that it be another person."""
    return has_role(call, user, Role.OFFICER, Role.APPROVER, Role.AUTHORITY)


def drop_key_replacement(call: Call, user: Any, asked: KeyReplacement) -> bool:
    """Who asked may take it back, as long as they work here; who decides may decline it."""
    return decide_key_replacement(call, user) or (asked.asked_by_id == user.pk and is_officer(call, user))
