"""Before an upgrade: is a deadline near, or an opening under way? Exit code: 0 neither, 2 wait."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from procurement.queries.deadline_hours import AtRisk, at_risk
from workflow import clock

WAIT = 2


class Command(BaseCommand):
    help = "Fails while a deadline is near or envelopes are being opened: the first step of every upgrade and restart."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: Any) -> None:
        """Say what the command understands."""
        parser.add_argument("--hours", type=float, default=4.0, help="how long before a deadline nothing is changed")

    def handle(self, *args: Any, **options: Any) -> None:
        """Name every call for which to wait, by the clock of the database."""
        now = clock.now()
        found = at_risk(now=now, before=timedelta(hours=options["hours"]))
        if found:
            raise CommandError("\n".join(map(_told, found)), returncode=WAIT)
        self.stdout.write(f"No deadline within {options['hours']:g} hours, and nothing is being opened.")


def _told(one: AtRisk) -> str:
    if one.deadline is None:
        return f"{one.call}: envelopes are being opened. Wait for the end of the session."
    return f"{one.call}: deadline {one.deadline:%Y-%m-%d %H:%M} UTC. Wait until a quarter of an hour after it."
