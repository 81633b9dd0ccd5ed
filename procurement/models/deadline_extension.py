"""A later deadline because the service failed: proposed by one person with the evidence, decided by another."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from workflow.models import AppNow


class DeadlineExtension(models.Model):
    """`evidence` is what the log of the service said when it was proposed; it is not read anew at the decision."""

    PERSONAL = ()

    call = models.ForeignKey("Call", on_delete=models.PROTECT, related_name="extensions")
    new_deadline = models.DateTimeField()
    reason = models.TextField()
    evidence = models.JSONField(default=list)  # faults: since, until, failures, measured
    lost = models.DurationField()
    proposed_at = models.DateTimeField(db_default=AppNow())
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    approved = models.BooleanField(default=False)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["call"], condition=Q(decided_at=None), name="one_extension_at_a_time"),
            models.CheckConstraint(condition=Q(lost__gt=timedelta(0)), name="extension_for_a_fault"),
            models.CheckConstraint(
                condition=Q(approved=False) | ~Q(decided_by=models.F("proposed_by")), name="extension_by_two"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.call} {self.new_deadline}"

    def evidence_lines(self) -> list[dict[str, Any]]:
        """Return the faults with their instants read."""
        return [
            {**one, "since": datetime.fromisoformat(one["since"]), "until": datetime.fromisoformat(one["until"])}
            for one in self.evidence
        ]
