"""A member whose key, with those of enough others, opens the envelopes."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from workflow.models import AppNow


class KeyHolder(models.Model):
    """The key is made in the holder's browser; the server keeps its public half, and the other half locked by a passphrase.

    `confirmed_at`: the holder typed the recovery sheet again, and what it gave opened a dummy envelope. A holder who was
    replaced after the publication stays in the file: older submissions are sealed to their key.
    """

    PERSONAL = ()

    call = models.ForeignKey("Call", on_delete=models.CASCADE, related_name="key_holders")
    member = models.OneToOneField("CommitteeMember", on_delete=models.CASCADE, related_name="key")
    public_key = models.BinaryField(null=True, blank=True)
    fingerprint = models.CharField(max_length=64, blank=True, db_default="")  # SHA-256 of the public half
    private_sealed = models.JSONField(default=dict, blank=True, db_default={})  # as the browser sealed it
    made_at = models.DateTimeField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    replaces = models.OneToOneField("self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by")
    replaced_at = models.DateTimeField(null=True, blank=True)  # from when submissions are sealed to the new holder

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_at=None) | Q(public_key__isnull=False), name="confirmed_key_exists"
            ),
        ]

    def __str__(self) -> str:
        return str(self.member)


class KeyDrill(models.Model):
    """A dummy envelope that a holder was asked to open: the first one with the recovery sheet, later ones with the key."""

    PERSONAL = ()

    holder = models.ForeignKey(KeyHolder, on_delete=models.CASCADE, related_name="drills")
    fingerprint = models.CharField(max_length=64)  # of the key it is sealed to
    envelope = models.JSONField(default=dict)
    asked_at = models.DateTimeField(db_default=AppNow())
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )  # empty: the procedure itself
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.holder} {self.asked_at}"
