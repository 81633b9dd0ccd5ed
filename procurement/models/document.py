"""A file that an applicant attached to answer a requirement."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from procurement.enums import SealedIn
from workflow.models import AppNow, StoredFile


class Document(models.Model):
    """Never changed: it is added, and may be taken out of the working copy. Submitted envelopes keep their own list.

    `sealed` holds its name, type, digest, size, findings and the key of its file, under the applicant's own key. The
    columns for these are filled by the opening; at once for what answers a request of the committee, after it.
    One that was `sealed_in` a browser has none of this: its name and key are in the sealed envelope alone.
    """

    PERSONAL = ("name",)

    application = models.ForeignKey("Application", on_delete=models.PROTECT, related_name="documents")
    requirement = models.ForeignKey("Requirement", on_delete=models.PROTECT, related_name="documents")
    completion = models.ForeignKey(
        "CompletionRequest", null=True, blank=True, on_delete=models.PROTECT, related_name="documents"
    )
    file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, related_name="document")
    sealed = models.BinaryField(null=True, blank=True)
    sealed_in = models.CharField(max_length=10, choices=SealedIn.choices, default=SealedIn.SERVER, db_default="server")
    file_key = models.BinaryField(null=True, blank=True)  # opens the parts of the file; none where they are plain
    name = models.CharField(max_length=200, blank=True)
    media_type = models.CharField(max_length=120, blank=True, db_default="")
    size = models.PositiveBigIntegerField(null=True, blank=True)  # bytes of the file itself
    sha256 = models.CharField(max_length=64, blank=True, db_default="")  # of the file itself
    findings = models.JSONField(default=list, blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)  # after the opening: read whole, and held to its digests
    fault = models.JSONField(default=dict, blank=True, db_default={})  # what was wrong then, with what proves it
    uploaded_at = models.DateTimeField(db_default=AppNow())
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["requirement_id", "id"]

    def __str__(self) -> str:
        return self.name or str(self.file_id)
