"""What the panel agreed on for one application. It stands beside the sheets and replaces none of them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q


class Consensus(models.Model):
    """Written by the chair; settled when every mark and every compulsory reason is there."""

    PERSONAL = ("comment",)

    application = models.OneToOneField("Application", on_delete=models.PROTECT, related_name="consensus")
    comment = models.TextField(blank=True)
    saved_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    def __str__(self) -> str:
        return str(self.application)


class ConsensusMark(models.Model):
    """The agreed mark of one criterion, and its reason where the spread asks for one."""

    PERSONAL = ("reason",)

    consensus = models.ForeignKey(Consensus, on_delete=models.CASCADE, related_name="marks")
    criterion = models.ForeignKey("Criterion", on_delete=models.PROTECT, related_name="+")
    mark = models.DecimalField(max_digits=7, decimal_places=2, null=True, blank=True)
    reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["consensus", "criterion"], name="one_consensus_mark"),
            models.CheckConstraint(condition=Q(mark__gte=0) | Q(mark=None), name="consensus_mark_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.criterion} {self.mark}"
