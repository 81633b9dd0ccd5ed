"""The replacement of a key holder while the call collects: asked by one person with a reason, decided by another."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from workflow.models import AppNow


class KeyReplacement(models.Model):
    """Without an agreed one no key takes the place of another after the publication; a trigger keeps that."""

    PERSONAL = ("reason", "decision_reason")

    former = models.ForeignKey("KeyHolder", on_delete=models.CASCADE, related_name="replacements")
    member = models.ForeignKey("CommitteeMember", on_delete=models.CASCADE, related_name="+")  # who is to hold a key
    reason = models.TextField()
    asked_at = models.DateTimeField(db_default=AppNow())
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    agreed = models.BooleanField(default=False)
    decision_reason = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["former"], condition=Q(decided_at=None), name="one_key_replacement_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(agreed=False) | (Q(decided_by__isnull=False) & ~Q(decided_by=F("asked_by"))),
                name="key_replacement_by_two",
            ),
            models.CheckConstraint(
                condition=Q(decided_at=None, decided_by=None) | Q(decided_at__isnull=False, decided_by__isnull=False),
                name="key_replacement_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.former} {self.member}"
