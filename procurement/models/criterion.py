"""A criterion, or a part of one. Marks are given on those without parts."""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.db.models import Q

from procurement.enums import Stage


class Criterion(models.Model):
    """Maxima and minima are in points; titles and guidance are dictionaries by language."""

    PERSONAL = ()

    call = models.ForeignKey("Call", on_delete=models.CASCADE, related_name="criteria")
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.CASCADE, related_name="parts")
    position = models.PositiveSmallIntegerField(default=0)
    code = models.CharField(max_length=12)
    title = models.JSONField(default=dict)
    guidance = models.JSONField(default=dict)
    maximum = models.DecimalField(max_digits=7, decimal_places=2, null=True, blank=True)
    minimum = models.DecimalField(max_digits=7, decimal_places=2, null=True, blank=True)
    stage = models.CharField(max_length=10, choices=Stage.choices, default=Stage.FILE)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["call", "code"], name="criterion_code_once"),
            models.CheckConstraint(condition=Q(maximum__gt=0) | Q(maximum=None), name="criterion_maximum_positive"),
            models.CheckConstraint(condition=Q(minimum__gte=0) | Q(minimum=None), name="criterion_minimum_positive"),
        ]

    def __str__(self) -> str:
        return self.code

    def accepts(self, mark: Decimal) -> bool:
        """Tell whether a mark lies between zero and the maximum."""
        return self.maximum is not None and Decimal(0) <= mark <= self.maximum
