"""Who may move a deadline after an incident: one proposes, another decides."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from accounts.enums import Role
from procurement.permissions.calls import has_role, is_officer

if TYPE_CHECKING:
    from procurement.models import Call


def propose_extension(call: Call, user: Any) -> bool:
    """The officer proposes a later deadline after an incident, the approver decides."""
    return is_officer(call, user)


def extend_deadline(call: Call, user: Any) -> bool:
    """The approver moves a deadline that was published, and only later."""
    return has_role(call, user, Role.APPROVER)


def decide_extension(call: Call, user: Any) -> bool:
    """The approver, where another person proposed it: four eyes."""
    if not extend_deadline(call, user):
        return False
    proposed = call.extensions.filter(decided_at=None).first()
    return proposed is None or proposed.proposed_by_id != user.pk


def drop_extension(call: Call, user: Any) -> bool:
    """Who proposed may take it back; the approver may decline it. Refused where nothing is proposed."""
    proposed = call.extensions.filter(decided_at=None).first()
    if proposed is None:
        return False
    return bool(proposed.proposed_by_id == user.pk or extend_deadline(call, user))
