"""Give a role to a person: the step under every way to become a member."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from accounts.enums import roles_in
from accounts.models import Membership, Organisation, User
from workflow import audit
from workflow.refusals import NotPermitted
from workflow.transitions import use_case


@use_case
def give_role(*, organisation: Organisation, user: User, role: str, actor: Any, now: datetime) -> Membership:
    """Make the person a member in this role, once; refuse a role that does not exist in such an organisation.

    This asks no permission: it stands behind accept_invitation, create_firm and the commands, which do.
    """
    if role not in roles_in(organisation.kind):
        raise NotPermitted(subject=organisation, act="give_role")
    membership, created = Membership.objects.get_or_create(
        organisation=organisation,
        user=user,
        role=role,
        ended_at=None,
        defaults={"created_at": now, "created_by": actor if isinstance(actor, User) else None},
    )
    if created:
        audit.record(membership, "give_role", actor=actor, now=now, target=role, details={"user": user.pk})
    return membership
