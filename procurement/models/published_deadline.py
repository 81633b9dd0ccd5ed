"""A deadline that the public has read. The latest of them is the one that counts."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from workflow.models import AppNow


class PublishedDeadline(models.Model):
    """Rows are only ever added; no envelope opens before the latest of them has passed."""

    PERSONAL = ()

    call = models.ForeignKey("Call", on_delete=models.PROTECT, related_name="published_deadlines")
    deadline = models.DateTimeField()
    published_at = models.DateTimeField(db_default=AppNow())
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["-deadline"]

    def __str__(self) -> str:
        return f"{self.call} {self.deadline}"
