"""Create a public body or partner with its first authority: done by whoever runs the installation."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from accounts.actions.give_role import give_role
from accounts.actions.invite_member import send_invitation
from accounts.enums import OrganisationKind, Role
from accounts.models import Organisation, User
from workflow import audit
from workflow.transitions import use_case


@use_case
def create_organisation(
    *,
    name: str,
    authority: str,
    actor: Any,
    now: datetime,
    kind: str = OrganisationKind.PUBLIC_BODY,
    **details: Any,
) -> Organisation:
    """Create the organisation; the authority of that address gets the role at once, or an invitation by mail.

    `details` are further columns of the organisation. A person named `actor` is only possible in tests and commands:
    no page creates a public body.
    """
    organisation = Organisation.objects.create(name=name, kind=kind, created_at=now, **details)
    audit.record(organisation, "create_organisation", actor=actor, now=now)
    account = User.objects.filter(email__iexact=authority, is_active=True).first()
    if account:
        give_role(organisation=organisation, user=account, role=Role.AUTHORITY, actor=actor, now=now)
    else:
        send_invitation(organisation=organisation, email=authority, role=Role.AUTHORITY, actor=actor, now=now)
    return organisation
