"""Register a firm in order to apply for it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from accounts import permissions
from accounts.actions.give_role import give_role
from accounts.enums import OrganisationKind, Role
from accounts.models import Organisation
from workflow import audit
from workflow.transitions import demand_permission, use_case


@use_case
def create_firm(
    *,
    name: str,
    registration_number: str,
    address: str,
    city: str,
    country: str,
    actor: Any,
    now: datetime,
    **details: Any,
) -> Organisation:
    """Create a firm whose first representative is the person who registers it.

    Two firms may bear one registration number: whether somebody speaks for a firm is proved by the papers of an
    application, not here, and a refusal would tell who is registered.
    """
    demand_permission(permissions.may_create_firm(actor), subject=None, act="create_firm")
    firm = Organisation.objects.create(
        kind=OrganisationKind.FIRM,
        name=name,
        registration_number=registration_number,
        address=address,
        city=city,
        country=country,
        created_at=now,
        **details,
    )
    audit.record(firm, "create_firm", actor=actor, now=now)
    give_role(organisation=firm, user=actor, role=Role.REPRESENTATIVE, actor=actor, now=now)
    return firm
