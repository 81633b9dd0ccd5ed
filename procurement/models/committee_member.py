"""A seat on the committee of a call."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from procurement.enums import Seat
from workflow.models import AppNow


class CommitteeMember(models.Model):
    """Seats are never deleted: they end, with a reason. Evaluators vote, the others do not."""

    PERSONAL = ("conflict",)

    call = models.ForeignKey("Call", on_delete=models.CASCADE, related_name="members")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="seats")
    seat = models.CharField(max_length=12, choices=Seat.choices)
    label = models.CharField(max_length=12)  # V1, V2… on drawings and papers
    organisation_name = models.CharField(max_length=120, blank=True)
    appointed_at = models.DateTimeField(db_default=AppNow())
    appointed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    accepted_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    end_reason = models.TextField(blank=True, db_default="")
    conflict = models.TextField(blank=True)  # what the member declared when the seat ended for a conflict
    replaces = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["seat", "label", "id"]
        constraints = [
            models.UniqueConstraint(fields=["call", "user"], condition=Q(ended_at=None), name="one_seat_per_person"),
            models.UniqueConstraint(
                fields=["call", "seat"],
                condition=Q(ended_at=None, seat__in=["chair", "secretary"]),
                name="one_chair_one_secretary",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.user}"

    @property
    def votes(self) -> bool:
        """Tell whether this seat gives marks."""
        return self.seat == Seat.EVALUATOR
