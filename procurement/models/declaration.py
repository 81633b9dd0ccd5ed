"""A member's declaration of impartiality and confidentiality, for the list of applicants as opened."""

from __future__ import annotations

from django.db import models

from workflow.models import AppNow


class Declaration(models.Model):
    """Signed once the list is known; `list_sha256` says which list. A conflict ends the seat."""

    PERSONAL = ("statement",)

    member = models.OneToOneField("CommitteeMember", on_delete=models.PROTECT, related_name="declaration")
    list_sha256 = models.CharField(max_length=64)
    conflict = models.BooleanField(default=False)
    with_applications = models.ManyToManyField("Application", blank=True, related_name="+")
    statement = models.TextField(blank=True)
    signed_at = models.DateTimeField(db_default=AppNow())

    def __str__(self) -> str:
        return str(self.member)
