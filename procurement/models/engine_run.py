"""One run of the engine, whole: inputs, rule version, outputs and digest."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from workflow.models import AppNow


class EngineRun(models.Model):
    """Runs are only added; the latest counts. Drawings of lots stand beside the problem."""

    PERSONAL = ()

    call = models.ForeignKey("Call", on_delete=models.PROTECT, related_name="engine_runs")
    number = models.PositiveIntegerField()
    reason = models.TextField(blank=True)
    problem = models.JSONField()
    result = models.JSONField()
    draws = models.JSONField(default=list, db_default=[])  # drawings of lots: {"order", "held", "by", "at"}
    engine = models.CharField(max_length=20)
    rules_version = models.CharField(max_length=20)
    sha256 = models.CharField(max_length=64)
    ran_at = models.DateTimeField(db_default=AppNow())
    ran_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["call", "number"], name="run_number_once")]

    def __str__(self) -> str:
        return f"{self.call} {self.number}"
