"""Write down which triggers the database has, after a migration that changes them."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from workflow.log import laws


class Command(BaseCommand):
    help = "Writes workflow/log/laws.json from the triggers of this database; run it on a freshly migrated one."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the file that verify_audit compares with."""
        laws.PLACE.write_text(laws.text_of(laws.found()), encoding="utf-8")
        self.stdout.write(f"{laws.PLACE.name} is written.")
