"""Somebody who wants to hear of new calls."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Lower

from workflow.models import AppNow


class Subscription(models.Model):
    """Confirmed by mail; left with one click. The token is in both links."""

    PERSONAL = ("email",)

    email = models.EmailField()
    language = models.CharField(max_length=5, default="fr")
    token = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(db_default=AppNow())
    confirmed_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="subscription_email_once")]

    def __str__(self) -> str:
        return self.email
