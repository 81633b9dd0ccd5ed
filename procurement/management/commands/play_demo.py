"""Play the Grenoble call from draft to archive and check every expected figure."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from procurement.demo.cast import gather
from procurement.demo.expect import differences
from procurement.demo.play import NAMES, play
from procurement.demo.stage import Stage, by_the_worker, in_this_process
from procurement.models import Call
from workflow import clock, storage
from workflow.log import sealer, verification
from workflow.log.snapshot import snapshot


class Command(BaseCommand):
    help = "Plays the Grenoble call through the real actions; writes its papers under var/demo and fails if a figure differs."

    def add_arguments(self, parser: Any) -> None:
        """Say what the command understands."""
        parser.add_argument("--until", choices=NAMES, default="archived", help="the last act to play")
        parser.add_argument("--without-worker", action="store_true", help="deliver messages in this process")

    def handle(self, *args: Any, **options: Any) -> None:
        """Play, write the papers, compare."""
        clock.allow_setting()
        if Call.objects.exists():
            raise CommandError("The play needs an empty database: this one holds calls already.")
        world = in_this_process if options["without_worker"] else by_the_worker
        stage = Stage(cast=gather(), say=self.stdout.write, world=world)
        call = play(stage, until=options["until"])
        self.write_papers(call)
        if options["until"] == "archived":
            self.compare(call)

    def write_papers(self, call: Call) -> None:
        """Put every Word file in a folder that people can open."""
        folder = settings.VAR_DIR / "demo" / "papers"
        folder.mkdir(parents=True, exist_ok=True)
        papers = call.papers.exclude(file=None).select_related("file")
        for paper in papers:
            (folder / paper.file.name).write_bytes(storage.read(paper.file))
        self.stdout.write(f"\n{len(papers)} documents Word dans {folder.relative_to(settings.BASE_DIR)}")

    def compare(self, call: Call) -> None:
        """Fail with each difference from what was expected."""
        found = differences(call)
        if found:
            raise CommandError("Ce qui diffère de l’attendu :\n- " + "\n- ".join(found))
        self.verify()
        self.stdout.write("Classement : E3 97,07 devant E2 96,98. Tout est conforme à l’attendu.")

    def verify(self) -> None:
        """Seal what is left of the log, and fail unless all of it is sound."""
        sealer.seal_all(patience=sealer.PATIENCE * 0)
        with snapshot():
            report = verification.examine()
        if report.faults:
            raise CommandError("\n".join(report.lines()))
        self.stdout.write(f"Journal scellé : {report.entries} événements, {report.seals} points de contrôle, vérifié.")
