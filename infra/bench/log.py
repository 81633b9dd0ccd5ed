"""`python -m infra.bench log`: how fast events are written, sealed, verified and exported. On an empty database of its own."""

from __future__ import annotations

import argparse
import platform
import tempfile
from collections.abc import Callable
from pathlib import Path

from django.db import connection, transaction

from infra.bench.timing import took
from infra.local import say
from workflow import audit, clock
from workflow.log import export, sealer, verification, verify_log
from workflow.log.snapshot import snapshot
from workflow.models import AuditEvent

FILL = """
INSERT INTO workflow_auditevent (at, actor_id, act, subject_type, subject_id, scope, source, target, outcome, reasons, details)
SELECT app_now(), n %% 500, (ARRAY['save_note','attach_document','submit','save_mark','read_document'])[1 + n %% 5],
  'procurement_application', (n %% 5000)::text, 'BENCH-' || n %% 40, '', '', 'done', '[]',
  jsonb_build_object('part', 'note', 'document', n, 'sha256', encode(sha256(n::text::bytea), 'hex'))
FROM generate_series(%s, %s) AS n
"""


def main(arguments: list[str]) -> None:
    """Write a log of the size asked for, seal it, verify it in both ways, and print what each took."""
    parser = argparse.ArgumentParser(prog="python -m infra.bench log", description=__doc__)
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--batch", type=int, default=sealer.BATCH, help="events under one checkpoint")
    parser.add_argument("--again", action="store_true", help="verify and export what an earlier run has sealed")
    asked = parser.parse_args(arguments)
    if AuditEvent.objects.exists() is not asked.again:
        raise SystemExit("This database has a log already, or with --again none: name another one.")
    say.line(
        f"{platform.machine()}, Python {platform.python_version()}, {asked.events} events, {asked.batch} under a checkpoint"
    )
    say.line("\n| what | seconds | events a second | processor, this process | and its connection |")
    say.line("| --- | --- | --- | --- | --- |")
    if not asked.again:
        _timed("written one by one by the acts", _written_by_acts, count=2000)
        _timed("written by the database", lambda: _written(asked.events - 2000), count=asked.events - 2000)
        _timed("sealed", lambda: sealer.seal_all(limit=asked.batch, patience=sealer.PATIENCE * 0), count=asked.events)
    _timed("verified in the tables", _verified, count=asked.events)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "log.jsonl"
        _timed("exported", lambda: _exported(place), count=asked.events)
        _timed("verified in the export, by verify_log.py", lambda: _read(place), count=asked.events)
        say.line(f"\nThe export has {place.stat().st_size / 1e6:.0f} MB.")


def _timed(what: str, act: Callable[[], object], *, count: int) -> None:
    spent = took(act)
    rate = count / spent.clock
    say.line(f"| {what} | {spent.clock:.1f} | {rate:,.0f} | {spent.here:.1f} s | {spent.there:.1f} s |")


def _written_by_acts() -> None:
    for number in range(2000):
        with transaction.atomic():
            audit.record(None, "look", actor=None, now=clock.now(), details={"n": number})


def _written(count: int) -> None:
    """Let the database write the events, a thousand in a transaction: what is measured is what comes after."""
    with connection.cursor() as cursor:
        for first in range(0, count, 1000):
            cursor.execute(FILL, [first, min(first + 999, count - 1)])
        cursor.execute("ANALYZE workflow_auditevent")


def _verified() -> None:
    with snapshot():
        report = verification.examine(with_rows=False)
    if report.code:
        raise SystemExit("\n".join(report.lines()))


def _exported(place: Path) -> None:
    with snapshot(), place.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(export.whole())


def _read(place: Path) -> None:
    if faults := verify_log.read(place).faults:
        raise SystemExit("\n".join(faults))
