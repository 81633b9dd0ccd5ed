"""The examination of the whole log, as `manage.py verify_audit` makes it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from django.db import connection

from workflow import signing
from workflow.log import laws, notes, rows, verify_log
from workflow.log.report import Report
from workflow.log.walk import CHUNK, Walk
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
    readings = [_reading(place, report) for place in exports]
    kept = [*map(_read, checkpoints), *(_read(one.notes[one.last]) for one in readings if one.last)]
    walk = Walk(report, sizes={one.size for one in kept if isinstance(one, notes.Checkpoint)})
    walk.run()
    for one in kept:
        _compare(one, walk, report)
    for reading in readings:
        _compare_entries(reading, report)
    _tail(report)
    if with_rows:
        for breach in rows.breaches():
            report.fault(breach)
    return report


def _read(note: str) -> notes.Checkpoint | notes.Anchor:
    """Return what a kept note says; refuses one that no key of ours signed."""
    text, _key = notes.opened(note, keys=signing.public_keys(signing.LOG))
    return notes.Anchor.read(text) if text.split("\n")[0].endswith(" day") else notes.Checkpoint.read(text)


def _reading(place: Path, report: Report) -> verify_log.Reading:
    """Return what an export says; one that is not sound by itself is a fault."""
    reading = verify_log.read(place, keys=[str(key) for key in signing.public_keys(signing.LOG)])
    for sentence in reading.faults:
        report.fault(f"{place.name}: {sentence}", first=reading.first_bad)
    return reading


def _compare(kept: notes.Checkpoint | notes.Anchor, walk: Walk, report: Report) -> None:
    """Find in the log what was kept elsewhere."""
    if isinstance(kept, notes.Anchor):
        seal = AuditSeal.objects.filter(day=kept.day).first()
        if seal is None or notes.fingerprint(seal.note) != kept.fingerprint:
            report.fault(f"The checkpoint that was published for {kept.day} is not in this log.")
        return
    last = AuditSeal.objects.order_by("-number").first()
    size = last.tree_size if last else 0
    if kept.size > size:
        text = f"Checkpoint {kept.number} had {kept.size} entries, the log has {size}: {size} to {kept.size - 1} are missing."
        report.fault(text, first=size)
    elif kept.size in walk.roots and walk.roots[kept.size] != kept.root:
        report.fault(f"The log is not the one of the checkpoint {kept.number} that was kept, of {kept.size} entries.")


def _compare_entries(kept: verify_log.Reading, report: Report) -> None:
    """Name the first entry of an export that the log does not have, or has otherwise."""
    size = 0
    for seq, leaf in AuditLeaf.objects.order_by("seq").values_list("seq", "leaf").iterator(chunk_size=CHUNK):
        size = seq + 1
        if kept.leaves.get(seq, found := bytes(leaf).hex()) != found:
            return report.fault(f"Entry {seq} is not the one of the export that was kept.", first=seq)
    if missing := min((seq for seq in kept.leaves if seq >= size), default=None):
        report.fault(f"Entry {missing} of the export that was kept is missing.", first=missing)
    return None


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
