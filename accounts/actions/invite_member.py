"""Invite somebody, by mail, to hold a role in an organisation."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from accounts import invitations, permissions, queries, rules
from accounts.enums import roles_in
from accounts.models import Invitation, Membership, Organisation
from workflow import audit
from workflow.transitions import demand, demand_permission, use_case

LASTS = timedelta(days=14)


@use_case
def invite_member(*, organisation: Organisation, email: str, role: str, actor: Any, now: datetime) -> Invitation:
    """Send a signed link that gives the role to the reader of that mailbox; it can be used for 14 days.

    Refuse a role that does not exist there, one already held, and a second invitation while the first is open.
    """
    demand_permission(permissions.may_appoint(organisation, actor), subject=organisation, act="invite_member")
    email = email.strip().lower()
    demand(rules.APPOINTMENT, _facts(organisation, email, role, now), subject=organisation, act="invite_member")
    return send_invitation(organisation=organisation, email=email, role=role, actor=actor, now=now)


def send_invitation(*, organisation: Organisation, email: str, role: str, actor: Any, now: datetime) -> Invitation:
    """Write the invitation and its mail in the present transaction; an expired one to the same address gives way."""
    Invitation.objects.filter(
        organisation=organisation, email__iexact=email, role=role, accepted_at=None, withdrawn_at=None
    ).update(withdrawn_at=now, withdrawn_by=actor)
    invitation = Invitation.objects.create(
        organisation=organisation, email=email, role=role, created_at=now, created_by=actor, expires_at=now + LASTS
    )
    invitations.send(invitation, now=now)
    audit.record(
        invitation, "invite_member", actor=actor, now=now, target=role, details={"organisation": organisation.pk}
    )
    return invitation


def _facts(organisation: Organisation, email: str, role: str, now: datetime) -> rules.Appointment:
    held = Membership.objects.filter(
        organisation=organisation, user__email__iexact=email, role=role, ended_at__isnull=True
    )
    under_way = queries.invitation_under_way(organisation=organisation, email=email, role=role, now=now)
    return rules.Appointment(
        role_exists_here=role in roles_in(organisation.kind),
        holds_it=held.exists(),
        invited_until=under_way.expires_at if under_way else None,
    )
