"""A public body that runs calls, a partner that sits on panels, or a firm that applies."""

from __future__ import annotations

from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.enums import OrganisationKind
from workflow.models import AppNow


class Organisation(models.Model):
    """An organisation; its address and legal lines appear on the letterhead of its papers."""

    reference = models.UUIDField(unique=True, editable=False, db_default=RandomUUID())
    kind = models.CharField(max_length=20, choices=OrganisationKind.choices)
    name = models.CharField(_("name"), max_length=200)
    short_name = models.CharField(_("short name"), max_length=60, blank=True)
    address = models.TextField(_("address"), blank=True)
    city = models.CharField(_("city"), max_length=120, blank=True)
    country = models.CharField(_("country"), max_length=120, blank=True)
    registration_number = models.CharField(_("registration number"), max_length=60, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    website = models.URLField(_("website"), blank=True)
    timezone = models.CharField(_("time zone"), max_length=64, default="Europe/Paris")
    languages = models.JSONField(_("languages"), default=list)
    remedies = models.JSONField(_("remedies"), default=dict)  # language -> text printed in notices and letters
    created_at = models.DateTimeField(db_default=AppNow())

    PERSONAL = ()

    def __str__(self) -> str:
        return self.name

    @property
    def label(self) -> str:
        """Return the short name, or the name where there is none."""
        return self.short_name or self.name
