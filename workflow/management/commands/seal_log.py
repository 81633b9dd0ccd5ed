"""Seal the log by hand: before a dump, or where no beat runs."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from workflow.log import lag, sealer
from workflow.models import AuditSeal


class Command(BaseCommand):
    help = (
        "Seals the events that wait, prints the last checkpoint, and fails while some have waited for a minute or more."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Seal all that is decided."""
        try:
            sealed = sealer.seal_all()
        except sealer.LogBroken as broken:
            raise CommandError(f"{broken} Run `manage.py verify_audit`.", returncode=2) from broken
        self.stderr.write(f"{sealed} events sealed.")
        if last := AuditSeal.objects.order_by("-number").first():
            self.stdout.write(last.note, ending="")
        if (late := lag.found()).alarming:
            raise CommandError(late.sentence)
