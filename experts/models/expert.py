"""What a person tells of themselves once, for every application."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from experts.enums import Field, Vat
from workflow.models import AppNow, StoredFile


class Expert(models.Model):
    """The profile of one account. The name is the account's; nobody but the person reads a profile."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="expert")
    nationality = models.CharField(_("nationality"), max_length=120, blank=True)
    address = models.TextField(_("address"), max_length=500, blank=True)
    city = models.CharField(_("city"), max_length=120, blank=True)
    country = models.CharField(_("country"), max_length=120, blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    vat_status = models.CharField(_("VAT"), max_length=12, choices=Vat.choices, blank=True)
    vat_number = models.CharField(_("VAT number"), max_length=30, blank=True)
    summary = models.TextField(_("summary"), max_length=2000, blank=True)
    fields = ArrayField(models.CharField(max_length=20, choices=Field.choices), default=list, blank=True)
    other_fields = models.CharField(_("other fields"), max_length=300, blank=True)
    cv = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    cv_findings = models.JSONField(
        default=list, blank=True, db_default=[]
    )  # codes: what in the file deserves a warning
    created_at = models.DateTimeField(db_default=AppNow())
    saved_at = models.DateTimeField(null=True, blank=True)

    PERSONAL = (
        "nationality",
        "address",
        "city",
        "country",
        "phone",
        "vat_status",
        "vat_number",
        "summary",
        "fields",
        "other_fields",
        "cv",
        "cv_findings",
    )
    PERSONAL_OWNER = "user"

    def __str__(self) -> str:
        return str(self.user)
