"""One act of submitting, stamped by the database's clock. Its number is that of the receipt."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from workflow.models import AppNow


class Submission(models.Model):
    """The last one that is neither late nor withdrawn counts. `manifest` lists documents with digests.

    The last is the one with the highest number: submissions of one application are written one after the other, under
    its lock, so their numbers keep their order even where a clock was set back.
    """

    PERSONAL = ("manifest",)

    application = models.ForeignKey("Application", on_delete=models.PROTECT, related_name="submissions")
    receipt_number = models.CharField(max_length=16, unique=True)
    idempotency_key = models.CharField(max_length=64)
    submitted_at = models.DateTimeField(db_default=AppNow())
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    deadline = models.DateTimeField()  # the one it was held against
    late = models.GeneratedField(
        expression=models.Q(submitted_at__gt=models.F("deadline")), output_field=models.BooleanField(), db_persist=True
    )
    replaces = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    manifest = models.JSONField(default=list)
    sha256 = models.CharField(max_length=64, blank=True)  # of the canonical manifest

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["application", "idempotency_key"], name="one_submission_per_click"),
        ]

    def __str__(self) -> str:
        return self.receipt_number
