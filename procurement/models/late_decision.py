"""The decision to open an application that came late: asked by one person with a reason, decided by another."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from workflow.models import AppNow


class LateDecision(models.Model):
    """Without it a late application stays closed for ever; the server lock reads it too."""

    PERSONAL = ("reason",)

    application = models.OneToOneField("Application", on_delete=models.PROTECT, related_name="late_decision")
    reason = models.TextField()
    asked_at = models.DateTimeField(db_default=AppNow())
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("asked_by")), name="late_decision_of_two"
            ),
            models.CheckConstraint(
                condition=Q(decided_at=None, decided_by=None) | Q(decided_at__isnull=False, decided_by__isnull=False),
                name="late_decision_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return str(self.application)
