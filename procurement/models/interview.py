"""An interview of one invited applicant."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from workflow.models import AppNow


class Interview(models.Model):
    """When and where; the applicant is told by mail."""

    PERSONAL = ("place",)

    application = models.OneToOneField("Application", on_delete=models.PROTECT, related_name="interview")
    takes_place_at = models.DateTimeField(null=True, blank=True)
    place = models.TextField(blank=True)
    invited_at = models.DateTimeField(db_default=AppNow())
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return str(self.application)
