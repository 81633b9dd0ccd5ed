"""End a role that somebody holds; the row stays, so that old acts keep their authors."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from accounts import permissions, rules
from accounts.enums import appointing_role
from accounts.models import Membership, Organisation
from workflow import audit
from workflow.transitions import demand, demand_permission, use_case


@use_case
def end_membership(*, membership: Membership, actor: Any, now: datetime) -> Membership:
    """End a role from this instant; refuse when nobody would be left who can appoint.

    Those who appoint may end any role; everyone may lay down their own.
    """
    organisation = Organisation.objects.select_for_update().get(pk=membership.organisation_id)
    locked = Membership.objects.select_for_update(of=("self",)).get(pk=membership.pk)
    allowed = locked.user_id == actor.pk or permissions.may_appoint(organisation, actor)
    demand_permission(allowed, subject=locked, act="end_membership")
    demand(rules.ENDING, ending(locked, organisation=organisation), subject=locked, act="end_membership")
    locked.ended_at, locked.ended_by = now, actor
    locked.save(update_fields=["ended_at", "ended_by"])
    audit.record(locked, "end_membership", actor=actor, now=now, source=locked.role, details={"user": locked.user_id})
    return locked


def ending(membership: Membership, *, organisation: Organisation) -> rules.Ending:
    """Return the facts of an ending, for the act and for the page before it."""
    appoints = appointing_role(organisation.kind)
    others = Membership.objects.filter(
        organisation=organisation, role=appoints, ended_at__isnull=True, user__is_active=True
    ).exclude(pk=membership.pk)
    return rules.Ending(
        already_ended=membership.ended_at is not None,
        last_to_appoint=membership.role == appoints and not others.exists(),
    )
