"""Write the log, or the part of one file, so that it can be verified elsewhere with verify_log.py."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from workflow.audit import history_of
from workflow.log import export
from workflow.log.snapshot import snapshot


class Command(BaseCommand):
    help = (
        "Writes the sealed log as JSON lines, with its checkpoints and the public keys; the format is in docs/log.md."
    )

    def add_arguments(self, parser: Any) -> None:
        """Say what the command understands."""
        parser.add_argument("--scope", default="", help="only the events of this file: the reference of a call")
        parser.add_argument("--output", type=Path, help="where to write; without it, standard output")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write line by line."""
        try:
            with snapshot():
                self._write(self._lines(options["scope"]), options["output"])
        except export.ErasureUnderWay as under_way:
            raise CommandError(str(under_way)) from under_way

    def _lines(self, scope: str) -> Any:
        if not scope:
            return export.whole()
        events = history_of(scope)
        if not events.exists():
            raise CommandError(f"The log knows no file {scope}.")
        return export.of_file(scope, events=events)

    def _write(self, lines: Any, place: Path | None) -> None:
        if place is None:
            for line in lines:
                self.stdout.write(line, ending="")
            return
        with place.open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(lines)
