"""An access code that its owner chose to keep with their account."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q


class KeptCode(models.Model):
    """Sealed under the password of one person; nothing else that is stored opens it.

    `lost_at`: the password was chosen anew without the old one, and what was sealed is gone.
    """

    PERSONAL = ("application", "kept_at", "lost_at")
    PERSONAL_OWNER = "user"

    application = models.ForeignKey("Application", on_delete=models.CASCADE, related_name="kept_codes")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    sealed = models.JSONField(null=True, blank=True)  # as docs/sealing.md, §6, has it: parameters, salt, ciphertext
    kept_at = models.DateTimeField()
    lost_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application", "user"], name="one_kept_code_per_person"),
            models.CheckConstraint(
                condition=Q(sealed__isnull=True, lost_at__isnull=False) | Q(sealed__isnull=False, lost_at__isnull=True),
                name="kept_code_sealed_or_lost",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application} {self.user}"
