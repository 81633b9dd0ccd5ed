"""Give a database its own clock back for good."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from workflow import clock
from workflow.models import ClockShift


class Command(BaseCommand):
    help = "Makes app_now() the database's own clock; nothing can move it afterwards."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Replace the function and forget any shift."""
        clock.forbid_setting()
        ClockShift.objects.all().delete()
