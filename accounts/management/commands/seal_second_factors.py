"""manage.py seal_second_factors: after a new word was put in front of ENCRYPTION_KEYS."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from cryptography.fernet import InvalidToken
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from accounts.at_rest import in_secrets, seal, unseal


class Command(BaseCommand):
    """Seals the secrets of every second factor with the newest key; then the older keys may go."""

    help = "Seal the secrets of second factors with the first of ENCRYPTION_KEYS; afterwards the others are not needed."

    def handle(self, *args: Any, **options: Any) -> None:
        sealed, lost = 0, []
        rows = Authenticator.objects.exclude(type=Authenticator.Type.WEBAUTHN)
        with transaction.atomic():
            for row in rows.select_for_update().order_by("pk"):
                try:
                    row.data = in_secrets(row.data, lambda text: seal(unseal(text)))
                except InvalidToken:
                    lost.append(row.user_id)
                    continue
                row.save(update_fields=["data"])
                sealed += 1
        self.stdout.write(f"{sealed} second factors are sealed with the first key.")
        if lost:
            people = ", ".join(map(str, sorted(set(lost))))
            raise CommandError(f"None of the keys opens those of the accounts {people}: keep every key you have had.")
