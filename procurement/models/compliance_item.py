"""One required document of one application, checked."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from procurement.enums import Verdict


class ComplianceItem(models.Model):
    """Created for each application and requirement when the check begins."""

    PERSONAL = ("note",)

    application = models.ForeignKey("Application", on_delete=models.PROTECT, related_name="compliance_items")
    requirement = models.ForeignKey("Requirement", on_delete=models.PROTECT, related_name="compliance_items")
    verdict = models.CharField(max_length=10, choices=Verdict.choices, default=Verdict.PENDING)
    note = models.TextField(blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["application_id", "requirement__position", "requirement_id"]
        constraints = [models.UniqueConstraint(fields=["application", "requirement"], name="one_item_per_requirement")]

    def __str__(self) -> str:
        return f"{self.application} {self.requirement}"
