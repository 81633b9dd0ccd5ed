"""An opening: started by the secretary, attended by key holders, ended by the act itself."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from procurement.enums import EnvelopeKind
from workflow.models import AppNow


class OpeningSession(models.Model):
    """One session at a time for each kind of envelope."""

    PERSONAL = ()

    call = models.ForeignKey("Call", on_delete=models.PROTECT, related_name="sessions")
    kind = models.CharField(max_length=10, choices=EnvelopeKind.choices)
    started_at = models.DateTimeField(db_default=AppNow())
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    opened = models.BooleanField(default=False)
    remarks = models.TextField(blank=True)
    wrong_pieces = models.JSONField(default=dict, blank=True, db_default={})  # seat of a holder -> envelopes

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["call", "kind"], condition=Q(ended_at=None), name="one_session_at_a_time")
        ]

    def __str__(self) -> str:
        return f"{self.call} {self.kind}"


class Presence(models.Model):
    """A key holder, or an observer, who confirmed their presence in their own account."""

    PERSONAL = ()

    session = models.ForeignKey(OpeningSession, on_delete=models.PROTECT, related_name="presences")
    member = models.ForeignKey("CommitteeMember", on_delete=models.PROTECT, related_name="presences")
    holds_key = models.BooleanField(default=False)
    confirmed_at = models.DateTimeField(db_default=AppNow())
    released_at = models.DateTimeField(null=True, blank=True)  # the holder's pieces of every envelope are here

    class Meta:
        ordering = ["confirmed_at"]
        constraints = [models.UniqueConstraint(fields=["session", "member"], name="one_presence")]

    def __str__(self) -> str:
        return str(self.member)
