"""Who may do what to an organisation: plain functions; what is not allowed here is refused."""

from __future__ import annotations

from typing import Any

from accounts import queries
from accounts.enums import OrganisationKind, Role, appointing_role
from accounts.models import Organisation

EDITORS = (Role.OFFICER, Role.AUTHORITY, Role.REPRESENTATIVE)


def may_see_organisation(organisation: Organisation, actor: Any) -> bool:
    """Its members, whatever their role."""
    return queries.memberships_of(actor).filter(organisation=organisation).exists()


def may_appoint(organisation: Organisation, actor: Any) -> bool:
    """The authority of a public body or partner; any representative of a firm."""
    return queries.has_role(actor, organisation, appointing_role(organisation.kind))


def may_edit_organisation(organisation: Organisation, actor: Any) -> bool:
    """The people who answer for its papers: officers and the authority, or the representatives of a firm."""
    return queries.memberships_of(actor).filter(organisation=organisation, role__in=EDITORS).exists()


def may_create_firm(actor: Any) -> bool:
    """Anyone with an account that is active."""
    return bool(getattr(actor, "is_authenticated", False) and actor.is_active)


def may_hold_letterhead(organisation: Organisation) -> bool:
    """Firms print no notice and no letter: they have no letterhead and no remedies text."""
    return organisation.kind != OrganisationKind.FIRM
