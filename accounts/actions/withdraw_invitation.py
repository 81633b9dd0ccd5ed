"""Withdraw an invitation: its link gives nothing any more."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from accounts import permissions
from accounts.models import Invitation
from workflow import audit
from workflow.transitions import demand_permission, use_case


@use_case
def withdraw_invitation(*, invitation: Invitation, actor: Any, now: datetime) -> Invitation:
    """Close an invitation that nobody has used; one already used or withdrawn stays as it is."""
    locked = Invitation.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=invitation.pk)
    demand_permission(permissions.may_appoint(locked.organisation, actor), subject=locked, act="withdraw_invitation")
    if locked.accepted_at is None and locked.withdrawn_at is None:
        locked.withdrawn_at, locked.withdrawn_by = now, actor
        locked.save(update_fields=["withdrawn_at", "withdrawn_by"])
        audit.record(locked, "withdraw_invitation", actor=actor, now=now, target=locked.role)
    return locked
