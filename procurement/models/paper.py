"""A paper of the procedure: its facts, then its Word file, kept for good once written."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from procurement.enums import PaperKind
from workflow.models import AppNow, StoredFile


class Paper(models.Model):
    """`facts` is the letters dataclass as JSON; the worker writes the file once and its digest never changes."""

    PERSONAL = ("facts",)

    call = models.ForeignKey("Call", on_delete=models.PROTECT, related_name="papers")
    application = models.ForeignKey(
        "Application", null=True, blank=True, on_delete=models.PROTECT, related_name="papers"
    )
    member = models.ForeignKey(
        "CommitteeMember", null=True, blank=True, on_delete=models.PROTECT, related_name="papers"
    )
    kind = models.CharField(max_length=30, choices=PaperKind.choices)
    number = models.PositiveIntegerField(default=1)
    language = models.CharField(max_length=5)
    facts = models.JSONField()
    template = models.CharField(max_length=60, default="")  # which letters module, e.g. letters.award
    created_at = models.DateTimeField(db_default=AppNow())
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(null=True, blank=True)
    file = models.OneToOneField(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="paper")

    class Meta:
        ordering = ["created_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["call", "kind", "application", "member", "number"],
                nulls_distinct=False,
                name="paper_number_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"

    @property
    def sha256(self) -> str:
        """Return the digest of the Word file, empty while it is being written."""
        return self.file.sha256 if self.file else ""
