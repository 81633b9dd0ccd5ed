"""A signature given in the application on a paper, with the digest that was signed."""

from __future__ import annotations

from django.db import models

from workflow.models import AppNow


class Signature(models.Model):
    """One member, one paper. A dissenting member signs and says why; the dissent is printed."""

    PERSONAL = ()

    paper = models.ForeignKey("Paper", on_delete=models.PROTECT, related_name="signatures")
    member = models.ForeignKey("CommitteeMember", on_delete=models.PROTECT, related_name="signatures")
    sha256 = models.CharField(max_length=64)
    dissent = models.TextField(blank=True)
    signed_at = models.DateTimeField(db_default=AppNow())

    class Meta:
        ordering = ["signed_at"]
        constraints = [models.UniqueConstraint(fields=["paper", "member"], name="signature_once")]

    def __str__(self) -> str:
        return f"{self.member} {self.paper}"
