"""A document that an application must hold, in one of its envelopes."""

from __future__ import annotations

from django.db import models

from procurement.enums import EnvelopeKind


class Requirement(models.Model):
    """`completable` documents may be missing at submission and asked for after the opening; others block it."""

    PERSONAL = ()

    call = models.ForeignKey("Call", on_delete=models.CASCADE, related_name="requirements")
    envelope = models.CharField(max_length=10, choices=EnvelopeKind.choices, default=EnvelopeKind.TECHNICAL)
    position = models.PositiveSmallIntegerField(default=0)
    code = models.CharField(max_length=12)
    title = models.JSONField(default=dict)
    formats = models.JSONField(default=list)  # of pdf, docx, odt, xlsx, jpg, png; empty means all of them
    personal = models.BooleanField(default=False)  # not shown to evaluators
    compulsory = models.BooleanField(default=True)
    completable = models.BooleanField(default=False)
    most_files = models.PositiveSmallIntegerField(default=5)

    class Meta:
        ordering = ["-envelope", "position", "id"]
        constraints = [models.UniqueConstraint(fields=["call", "code"], name="requirement_code_once")]

    def __str__(self) -> str:
        return self.code
