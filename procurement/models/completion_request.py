"""“Complete your file”: one request for each application, for named documents, with its own window."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from workflow.models import AppNow


class CompletionRequest(models.Model):
    """Only the requested documents can be sent, only until `due_at`."""

    PERSONAL = ("message",)

    application = models.OneToOneField("Application", on_delete=models.PROTECT, related_name="completion_request")
    requirements = models.ManyToManyField("Requirement", related_name="+")
    message = models.TextField()
    asked_at = models.DateTimeField(db_default=AppNow())
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    due_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return str(self.application)
