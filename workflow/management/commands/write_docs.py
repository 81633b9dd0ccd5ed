"""Write the documents that come from the code."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from workflow.diagrams import rules_document, states_document


class Command(BaseCommand):
    help = "Writes docs/states.md and docs/rules.md from the machines and the guards."

    def handle(self, *args: Any, **options: Any) -> None:
        """Write both files."""
        docs = settings.BASE_DIR / "docs"
        (docs / "states.md").write_text(states_document(), encoding="utf-8")
        (docs / "rules.md").write_text(rules_document(), encoding="utf-8")
