"""A mark and its comment, for one criterion on one sheet."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Score(models.Model):
    """A mark in points of the criterion; empty while it is not given."""

    PERSONAL = ("comment",)

    sheet = models.ForeignKey("ScoreSheet", on_delete=models.CASCADE, related_name="scores")
    criterion = models.ForeignKey("Criterion", on_delete=models.PROTECT, related_name="scores")
    mark = models.DecimalField(max_digits=7, decimal_places=2, null=True, blank=True)
    comment = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sheet", "criterion"], name="one_mark_per_criterion"),
            models.CheckConstraint(condition=Q(mark__gte=0) | Q(mark=None), name="mark_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.criterion} {self.mark}"
