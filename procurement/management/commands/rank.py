"""Check a result with one's own numbers: rank a problem written as JSON, without database or account."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from procurement.scoring.engine import rank
from procurement.scoring.problem import BadProblem, parse_text

BAD_PROBLEM = 2
SHOWN_ERRORS = 50


class Command(BaseCommand):
    help = "Rank the applications of a problem (a JSON file, or - for standard input) and print the result as JSON."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("problem", help="path of the problem, or - for standard input")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            result = rank(parse_text(_text(options["problem"])))
        except BadProblem as error:
            raise CommandError(_refusal(error), returncode=BAD_PROBLEM) from error
        self.stdout.write(json.dumps(result.as_json(), indent=2, ensure_ascii=False))


def _text(name: str) -> str:
    try:
        content = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        return content.decode("utf-8-sig")
    except OSError as error:
        raise CommandError(f"{name} cannot be read: {error.strerror}", returncode=BAD_PROBLEM) from error
    except UnicodeDecodeError as error:
        raise CommandError(f"{name} is not written in UTF-8.", returncode=BAD_PROBLEM) from error


def _refusal(error: BadProblem) -> str:
    lines = [f"  {path}: {sentence}" for path, sentence in error.errors[:SHOWN_ERRORS]]
    more = len(error.errors) - len(lines)
    return "\n".join(["the problem cannot be ranked:", *lines, *([f"  and {more} more"] if more else [])])
