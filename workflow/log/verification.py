"""The examination of the whole log, as `manage.py verify_audit` makes it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from django.db import connection

from workflow import signing
from workflow.log import lag, laws, notes, rows, verify_log
from workflow.log.report import Report
from workflow.log.walk import Walk
from workflow.models import AuditLeaf, AuditSeal

UNSEALED = """
SELECT e.id, w.event_id IS NOT NULL FROM workflow_auditevent e
LEFT JOIN workflow_auditleaf l ON l.event_id = e.id LEFT JOIN workflow_auditwaiting w ON w.event_id = e.id
WHERE l.seq IS NULL ORDER BY e.id
"""
TOO_MANY = """
SELECT w.event_id FROM workflow_auditwaiting w LEFT JOIN workflow_auditevent e ON e.id = w.event_id
WHERE e.id IS NULL OR EXISTS (SELECT 1 FROM workflow_auditleaf l WHERE l.event_id = w.event_id) ORDER BY 1
"""
ORPHANS = """
SELECT s.event_id FROM workflow_auditsalt s
WHERE NOT EXISTS (SELECT 1 FROM workflow_auditleaf l WHERE l.event_id = s.event_id) ORDER BY 1
"""


def examine(*, checkpoints: Iterable[str] = (), exports: Sequence[Path] = (), with_rows: bool = True) -> Report:
    """Examine laws, entries, checkpoints, the tail, rows against events, and what was kept elsewhere.

    `checkpoints` are signed notes and anchors of days, `exports` files of an earlier export: the log must go on from all
    of them. The caller holds one snapshot, or nobody writes meanwhile.
    """
    report = Report()
    for breach in laws.breaches():
        report.fault(breach)
    kept = [*map(_read, checkpoints), *_of_exports(exports, report)]
    walk = Walk(report, sizes={one.size for one in kept if isinstance(one, notes.Checkpoint)})
    walk.run()
    for one in kept:
        _compare(one, walk, report)
    for place in exports:
        _compare_entries(place, report)
    _tail(report)
    if with_rows:
        for breach in rows.breaches():
            report.fault(breach)
    return report


def _read(note: str) -> notes.Checkpoint | notes.Anchor:
    """Return what a kept note says; refuses one that no key of ours signed."""
    text, _key = notes.opened(note, keys=signing.public_keys(signing.LOG))
    return notes.Anchor.read(text) if text.split("\n")[0].endswith(" day") else notes.Checkpoint.read(text)


def _of_exports(exports: Sequence[Path], report: Report) -> list[notes.Checkpoint]:
    """Return the last checkpoint of each export; an export that is not sound by itself is a fault."""
    keys = [str(key) for key in signing.public_keys(signing.LOG)]
    found = []
    for place in exports:
        reading = verify_log.read(place, keys=keys)
        for sentence in reading.faults:
            report.fault(f"{place.name}: {sentence}", first=reading.first_bad)
        if reading.notes:
            found.append(_read(reading.notes[max(reading.notes)]))
    return [one for one in found if isinstance(one, notes.Checkpoint)]


def _compare(kept: notes.Checkpoint | notes.Anchor, walk: Walk, report: Report) -> None:
    """Find in the log what was kept elsewhere."""
    if isinstance(kept, notes.Anchor):
        seal = AuditSeal.objects.filter(day=kept.day).first()
        if seal is None or notes.fingerprint(seal.note) != kept.fingerprint:
            report.fault(f"The checkpoint that was published for {kept.day} is not in this log.")
        return
    size = walk.tree.size
    if kept.size > size and not report.faults:
        text = f"Checkpoint {kept.number} had {kept.size} entries, the log has {size}: {size} to {kept.size - 1} are missing."
        report.fault(text, first=size)
    elif kept.size in walk.roots and walk.roots[kept.size] != kept.root:
        report.fault(f"The log is not the one of the checkpoint {kept.number} that was kept, of {kept.size} entries.")


def _compare_entries(place: Path, report: Report) -> None:
    """Name the first entry of an export that the log does not have, or has otherwise."""
    present = dict(AuditLeaf.objects.values_list("seq", "leaf"))
    for seq, leaf in sorted(verify_log.read(place).leaves.items()):
        if seq not in present or bytes(present[seq]).hex() != leaf:
            what = "is missing" if seq not in present else "is not the one"
            report.fault(f"{place.name}: entry {seq} {what} in this log.", first=seq)
            return


def _tail(report: Report) -> None:
    with connection.cursor() as cursor:
        cursor.execute(UNSEALED)
        for event, waits in cursor.fetchall():
            if waits:
                report.waiting += 1
            else:
                report.fault(f"Event {event} is neither sealed nor waiting to be.")
        cursor.execute(TOO_MANY)
        for (event,) in cursor.fetchall():
            report.fault(f"Event {event} waits to be sealed, and is gone or sealed already.")
        cursor.execute(ORPHANS)
        for (event,) in cursor.fetchall():
            report.fault(f"Event {event} has a salt and no entry.")
    if (late := lag.found()).alarming and report.waiting:
        report.fault(late.sentence) if late.lost else None
