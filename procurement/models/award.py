"""The authority's decision, and the contract that follows."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from workflow.models import AppNow, StoredFile


class Award(models.Model):
    """One live award for a call; a withdrawn one is kept with its reason."""

    PERSONAL = ()

    call = models.ForeignKey("Call", on_delete=models.PROTECT, related_name="awards")
    application = models.ForeignKey("Application", on_delete=models.PROTECT, related_name="awards")
    run = models.ForeignKey("EngineRun", on_delete=models.PROTECT, related_name="awards")
    amount = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    reasons = models.TextField(blank=True)
    decided_at = models.DateTimeField(db_default=AppNow())
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawal_reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["call"], condition=Q(withdrawn_at=None), name="one_live_award"),
        ]

    def __str__(self) -> str:
        return str(self.application)


class Contract(models.Model):
    """The signed contract; signing itself happens outside."""

    PERSONAL = ()

    call = models.OneToOneField("Call", on_delete=models.PROTECT, related_name="contract")
    award = models.OneToOneField(Award, on_delete=models.PROTECT, related_name="contract")
    signed_on = models.DateField()
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(db_default=AppNow())
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return str(self.call)
