"""One act of submitting, stamped by the database's clock. Its number is that of the receipt."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from workflow.models import AppNow


class Submission(models.Model):
    """The last one that is neither late nor withdrawn counts. `sha256` covers the headers of its sealed envelopes.

    `manifest`, the list of the documents with their digests, is empty until the opening. `receipt_sealed` is the signed
    receipt under the applicant's own key; `mark` tells them, and nobody else, whether the working copy still is what was
    submitted: an HMAC under that key.

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
    version = models.PositiveIntegerField(default=1, db_default=1)  # its number among those of the application
    mark = models.CharField(max_length=64, blank=True, db_default="")
    receipt_sealed = models.BinaryField(null=True, blank=True)
    manifest = models.JSONField(default=list, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["application", "idempotency_key"], name="one_submission_per_click"),
        ]

    def __str__(self) -> str:
        return self.receipt_number
