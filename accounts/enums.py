"""Roles a person holds in an organisation, whatever the call."""

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
