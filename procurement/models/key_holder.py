"""A member whose presence, with enough others, opens the envelopes."""

from __future__ import annotations

from django.db import models


class KeyHolder(models.Model):
    """Confirmed by the holder, in their own account, before publication."""

    PERSONAL = ()

    call = models.ForeignKey("Call", on_delete=models.CASCADE, related_name="key_holders")
    member = models.OneToOneField("CommitteeMember", on_delete=models.CASCADE, related_name="key")
    confirmed_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return str(self.member)
