"""What opens the envelopes of a session: the pieces that key holders release, and the parts that the server lock gives."""

from __future__ import annotations

from django.db import models

from workflow.models import AppNow


class PieceRelease(models.Model):
    """The pieces of one holder for one envelope, here only between their release and the opening."""

    PERSONAL = ()

    session = models.ForeignKey("OpeningSession", on_delete=models.PROTECT, related_name="releases")
    holder = models.ForeignKey("KeyHolder", on_delete=models.PROTECT, related_name="releases")
    envelope = models.ForeignKey("Envelope", on_delete=models.PROTECT, related_name="releases")
    pieces = models.JSONField(default=dict)  # subset of holders -> piece in base64
    released_at = models.DateTimeField(db_default=AppNow())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "holder", "envelope"], name="one_release")]

    def __str__(self) -> str:
        return f"{self.holder} {self.envelope_id}"


class LockRelease(models.Model):
    """One answer of the server lock, written by the lock itself. It holds numbers, never parts of keys."""

    PERSONAL = ()

    session_id = models.BigIntegerField(db_index=True)  # no foreign key: the lock waits for nobody's transaction
    envelopes = models.JSONField(default=list)
    refused = models.JSONField(default=dict)  # envelope -> codes
    released_at = models.DateTimeField(db_default=AppNow())

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.session_id} {len(self.envelopes)}"
