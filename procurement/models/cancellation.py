"""A request to cancel, by one person, for another to decide."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from workflow.models import AppNow


class Cancellation(models.Model):
    """The reason becomes public when the call is cancelled."""

    PERSONAL = ()

    call = models.OneToOneField("Call", on_delete=models.PROTECT, related_name="cancellation")
    reason = models.TextField()
    asked_at = models.DateTimeField(db_default=AppNow())
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    def __str__(self) -> str:
        return str(self.call)
