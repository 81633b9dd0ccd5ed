"""Examine the whole log. Exit code: 0 sound, 1 sound but for a tail that is not sealed yet, 2 broken."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from workflow.log import report, verification
from workflow.log.notes import BadNote
from workflow.log.snapshot import snapshot


class Command(BaseCommand):
    help = (
        "Computes every entry and every root of the log anew, and compares them with the signed checkpoints, with the rows of "
        "the procedure, and with what was kept elsewhere. Ends with 0 (sound), 1 (a tail is not sealed yet) or 2 (broken)."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: Any) -> None:
        """Say what the command understands."""
        parser.add_argument(
            "--export", type=Path, action="append", default=[], help="an export that was kept: JSON lines"
        )
        parser.add_argument(
            "--checkpoint", type=Path, action="append", default=[], help="a checkpoint or a day’s anchor"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Examine within one snapshot, print what was found, end with its code."""
        try:
            kept = [place.read_text(encoding="utf-8") for place in options["checkpoint"]]
            with snapshot():
                found = verification.examine(checkpoints=kept, exports=options["export"])
        except (OSError, BadNote) as error:
            raise CommandError(str(error), returncode=report.BROKEN) from error
        *told, verdict = found.lines()
        for line in told:
            self.stdout.write(line)
        if found.code:
            raise CommandError(verdict, returncode=found.code)
        self.stdout.write(verdict)
