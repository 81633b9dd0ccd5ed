"""Roles a person holds in an organisation, whatever the call, and for whom a person came."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    OFFICER = "officer", _("Procurement officer")
    APPROVER = "approver", _("Approver")
    AUTHORITY = "authority", _("Authority")
    AUDITOR = "auditor", _("Auditor")
    REPRESENTATIVE = "representative", _("Representative")


STAFF_ROLES = (Role.OFFICER, Role.APPROVER, Role.AUTHORITY, Role.AUDITOR)


class OrganisationKind(TextChoices):
    PUBLIC_BODY = "public_body", _("Public body")
    PARTNER = "partner", _("Partner")
    FIRM = "firm", _("Firm")


class AppliesAs(TextChoices):
    """What a person answered at registration; it chooses the first page shown, it gives no right."""

    PERSON = "person", _("For myself, as an expert")
    FIRM = "firm", _("For a firm")
    NOBODY = "nobody", _("I do not apply: a public body invited me")


def roles_in(kind: str) -> tuple[Role, ...]:
    """Return the roles that exist in an organisation of this kind: representatives in firms, the others elsewhere."""
    return (Role.REPRESENTATIVE,) if kind == OrganisationKind.FIRM else STAFF_ROLES


def appointing_role(kind: str) -> Role:
    """Return the role that appoints the others in an organisation of this kind."""
    return Role.REPRESENTATIVE if kind == OrganisationKind.FIRM else Role.AUTHORITY
