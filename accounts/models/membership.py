"""A role held by a person in an organisation."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from accounts.enums import Role
from accounts.models.organisation import Organisation
from workflow.models import AppNow


class Membership(models.Model):
    """One role; a person may hold several, in several organisations."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role.choices)
    created_at = models.DateTimeField(db_default=AppNow())

    PERSONAL = ()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "organisation", "role"], name="membership_once")]

    def __str__(self) -> str:
        return f"{self.user} {self.role} {self.organisation}"
