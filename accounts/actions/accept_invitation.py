"""Take up the role one was invited to."""

from __future__ import annotations

from datetime import datetime

from accounts import rules
from accounts.actions.give_role import give_role
from accounts.models import Invitation, Membership, User
from workflow import audit
from workflow.transitions import demand, use_case


@use_case
def accept_invitation(*, invitation: Invitation, actor: User, now: datetime) -> Membership:
    """Give the role to the account of the invited address; refuse another account, an old link and a second use."""
    locked = Invitation.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=invitation.pk)
    demand(rules.ACCEPTANCE, acceptance(locked, actor=actor, now=now), subject=locked, act="accept_invitation")
    locked.accepted_at, locked.accepted_by = now, actor
    locked.save(update_fields=["accepted_at", "accepted_by"])
    audit.record(locked, "accept_invitation", actor=actor, now=now, target=locked.role)
    return give_role(organisation=locked.organisation, user=actor, role=locked.role, actor=actor, now=now)


def acceptance(invitation: Invitation, *, actor: User, now: datetime) -> rules.Acceptance:
    """Return the facts of an acceptance, for the act and for the page before it."""
    return rules.Acceptance(
        open=invitation.accepted_at is None and invitation.withdrawn_at is None,
        expired=invitation.expires_at <= now,
        same_address=invitation.email.lower() == actor.email.lower(),
        address=invitation.email,
    )
