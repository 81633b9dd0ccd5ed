"""What the contractor hands over, when, and what part of the price it pays."""

from __future__ import annotations

from django.db import models


class Deliverable(models.Model):
    """Weeks count from signature; the payment is a percentage of the price."""

    PERSONAL = ()

    call = models.ForeignKey("Call", on_delete=models.CASCADE, related_name="deliverables")
    position = models.PositiveSmallIntegerField(default=0)
    code = models.CharField(max_length=12)
    title = models.JSONField(default=dict)
    week = models.PositiveSmallIntegerField(null=True, blank=True)
    payment = models.DecimalField(max_digits=5, decimal_places=2, default=0)

    class Meta:
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["call", "code"], name="deliverable_code_once")]

    def __str__(self) -> str:
        return self.code
