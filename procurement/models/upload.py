"""A file that is still arriving, part by part: what the server keeps between two requests, and what it cannot read."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from workflow.models import AppNow


class Upload(models.Model):
    """`sealed` holds its name, its length and the key of its parts, under the applicant's own key; `id` is that of the file to be.

    For one that answers a request of the committee, after the opening, it is not under that key: neither is the document.
    Each part is one object of the store, sealed; `digests` are those of the objects.
    """

    PERSONAL = ()

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    application = models.ForeignKey("Application", on_delete=models.CASCADE, related_name="uploads")
    requirement = models.ForeignKey("Requirement", on_delete=models.CASCADE, related_name="+")
    completion = models.ForeignKey(
        "CompletionRequest", null=True, blank=True, on_delete=models.CASCADE, related_name="uploads"
    )
    begun_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField(db_default=AppNow())
    sealed = models.BinaryField()
    parts = models.PositiveIntegerField(default=0)
    digests = models.JSONField(default=list)
    size = models.PositiveBigIntegerField(default=0, db_default=0)  # of all its parts, sealed, once it is whole
    stored_size = models.PositiveBigIntegerField(default=0)
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        ordering = ["begun_at", "id"]

    def __str__(self) -> str:
        return str(self.id)
