"""A decision of the compliance check that was taken back."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class FormerDecision(models.Model):
    """What was decided, by whom and when, and why it was taken back. Written once."""

    PERSONAL = ("decision_reason", "reason")

    application = models.ForeignKey("Application", on_delete=models.PROTECT, related_name="former_decisions")
    compliant = models.BooleanField()
    decision_reason = models.TextField(blank=True)
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
    taken_back_at = models.DateTimeField()
    taken_back_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.application} {self.decided_at:%Y-%m-%d %H:%M}"
