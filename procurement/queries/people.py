"""Who is behind a role, for those who are to be told."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from accounts.enums import Role
from accounts.models import User
from procurement.models import Call, CommitteeMember


def holders_of(call: Call, *roles: Role) -> QuerySet[User]:
    """Return the people who hold, now, one of these roles in the organisation of a call."""
    return User.objects.filter(
        is_active=True,
        memberships__organisation_id=call.organisation_id,
        memberships__role__in=roles,
        memberships__ended_at=None,
    ).distinct()


def approvers_of(call: Call) -> QuerySet[User]:
    """Return the approvers who may approve this call: not the person who drafted it."""
    return holders_of(call, Role.APPROVER).exclude(pk=call.created_by_id)


def authorities_of(call: Call) -> QuerySet[User]:
    """Return the people who decide in the organisation of a call."""
    return holders_of(call, Role.AUTHORITY)


def sits_on_a_committee(user: Any) -> bool:
    """Tell whether a person holds a seat, now, on any committee."""
    return CommitteeMember.objects.filter(user=user, ended_at=None).exists()
