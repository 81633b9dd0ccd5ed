"""An invitation by mail to sit on a committee, for somebody who has no account yet."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from procurement.enums import Seat
from workflow.models import AppNow


class SeatInvitation(models.Model):
    """Holds a label of the committee; the person who reads that mailbox takes the seat up, or the officer withdraws it."""

    PERSONAL = ("email", "organisation_name", "seat")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    call = models.ForeignKey("Call", on_delete=models.CASCADE, related_name="seat_invitations")
    email = models.EmailField()
    seat = models.CharField(max_length=12, choices=Seat.choices)
    label = models.CharField(max_length=12)
    organisation_name = models.CharField(max_length=120, blank=True)
    invited_at = models.DateTimeField(db_default=AppNow())
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    taken_at = models.DateTimeField(null=True, blank=True)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    member = models.OneToOneField(
        "CommitteeMember", null=True, blank=True, on_delete=models.SET_NULL, related_name="invitation"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["seat", "label"]
        constraints = [
            models.UniqueConstraint(
                "call", Lower("email"), condition=Q(taken_at=None, withdrawn_at=None), name="one_open_seat_invitation"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.email}"

    @property
    def open(self) -> bool:
        """Tell whether it can still be taken up."""
        return self.taken_at is None and self.withdrawn_at is None
