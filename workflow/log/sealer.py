"""The sealer: one at a time, it takes events that are decided, numbers them, and signs the tree that they end."""

from __future__ import annotations

import logging
import secrets
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db import connection, transaction

from workflow import clock, signing
from workflow.log import entries, notes
from workflow.log.tree import Tree
from workflow.models import AuditLeaf, AuditSeal

log = logging.getLogger(__name__)
SEAL_LOCK = 0x5345414C  # “SEAL”: one sealer at a time in the whole installation
BATCH = 1000  # events under one checkpoint

PATIENCE = timedelta(seconds=10)

# What is visible is committed, and what waits is never passed over: the snapshot horizon is for the order alone. Events come
# in the order of their transactions, unless one of them is left open: then the others do not wait for it for ever.
# The head of the waiting list is taken first, so that a turn costs the same however long the log is.
DECIDED = f"""
WITH head AS MATERIALIZED (SELECT event_id FROM workflow_auditwaiting ORDER BY event_id LIMIT %s)
SELECT {", ".join(f"e.{name}" for name in entries.COLUMNS)}
FROM head JOIN workflow_auditevent e ON e.id = head.event_id
WHERE (e.txid < pg_snapshot_xmin(pg_current_snapshot())::text::bigint OR e.at <= app_now() - make_interval(secs => %s))
  AND NOT EXISTS (SELECT 1 FROM workflow_auditleaf l WHERE l.event_id = e.id)
ORDER BY e.txid, e.id
"""  # noqa: S608 - names of columns, from this house
ADD_LEAVES = (
    "INSERT INTO workflow_auditleaf (seq, event_id, commitment, leaf) "
    "SELECT * FROM unnest(%s::bigint[], %s::bigint[], %s::bytea[], %s::bytea[])"
)
ADD_SALTS = "INSERT INTO workflow_auditsalt (event_id, salt) SELECT * FROM unnest(%s::bigint[], %s::bytea[])"
NO_LONGER = "DELETE FROM workflow_auditwaiting WHERE event_id = ANY(%s)"


class LogBroken(RuntimeError):
    """The last checkpoint is not what the sealer signed: nothing is signed on top of it."""


@dataclass(frozen=True)
class Sealed:
    """What one turn of the sealer did."""

    events: int
    seal: AuditSeal


def seal(*, limit: int = BATCH, patience: timedelta = PATIENCE) -> Sealed | None:
    """Seal at most so many events under one checkpoint; nothing when nothing waits or another sealer is at work.

    An event waits until every transaction that began before its own has ended, or for `patience`. The first checkpoint of a
    day (UTC) is written whether or not something waits: it is the anchor of that day.
    """
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [SEAL_LOCK])
        if not cursor.fetchone()[0]:
            return None
        last, now = AuditSeal.objects.order_by("-number").first(), clock.now()
        tree = tree_of(last)
        # A statement of its own: its snapshot is taken after the lock.
        cursor.execute(DECIDED, [limit, patience.total_seconds()])
        events = entries.written(cursor.fetchall())
        day = _new_day(now)
        if not events and day is None:
            return None
        _add(events, tree)
        return Sealed(len(events), _signed(tree, last, now=now, day=day))


def seal_all(*, limit: int = BATCH, patience: timedelta = PATIENCE) -> int:
    """Seal until nothing decided is left; return how many events were sealed."""
    total = 0
    while done := seal(limit=limit, patience=patience):
        total += done.events
        if done.events < limit:
            break
    return total


def tree_of(last: AuditSeal | None) -> Tree:
    """Return the tree that ends with a checkpoint; refuses one that nobody signed, or that is not the end of the log."""
    tree = Tree.unpacked(last.tree_size, bytes(last.peaks)) if last else Tree()
    try:
        text, _key = notes.opened(last.note, keys=signing.public_keys(signing.LOG)) if last else ("", None)
        said = notes.Checkpoint.read(text) if last else None
    except notes.BadNote as error:
        raise LogBroken(f"The last checkpoint cannot be continued: {error}") from error
    if said and (said.size, said.root) != (tree.size, tree.root()):
        raise LogBroken(f"Checkpoint {said.number} does not say what its row holds.")
    end = AuditLeaf.objects.order_by("-seq").values_list("seq", flat=True).first()
    if (-1 if end is None else end) + 1 != tree.size:
        raise LogBroken(f"The last checkpoint covers {tree.size} entries, the last entry has the number {end}.")
    return tree


def _add(events: list[entries.Written], tree: Tree) -> None:
    first, keys = tree.size, [event.id for event in events]
    salts: Any = [secrets.token_bytes(entries.SALT) for _ in events]
    added = [entries.entry_of(event, salt=salt) for event, salt in zip(events, salts, strict=True)]
    for entry in added:
        tree.append(entry.leaf)
    committed = [bytes.fromhex(entry.head["body"]) for entry in added]
    rows: Any = [list(range(first, tree.size)), keys, committed, [entry.leaf for entry in added]]
    with connection.cursor() as cursor:
        cursor.execute(ADD_LEAVES, rows)
        cursor.execute(ADD_SALTS, [keys, salts])
        cursor.execute(NO_LONGER, [keys])


def _new_day(now: datetime) -> date | None:
    """Return the day that begins with this checkpoint; none where it has its anchor already."""
    today = now.astimezone(UTC).date()
    return None if AuditSeal.objects.filter(day__gte=today).exists() else today


def _signed(tree: Tree, last: AuditSeal | None, *, now: datetime, day: date | None) -> AuditSeal:
    number, name = (last.number if last else 0) + 1, signing.name_of(signing.LOG)
    root = tree.root()
    checkpoint = notes.Checkpoint(origin=name, size=tree.size, root=root, number=number, at=now)
    note = notes.sign(checkpoint.text(), name=name, key=signing.private_key(signing.LOG))
    return AuditSeal.objects.create(
        number=number, tree_size=tree.size, root=root, peaks=tree.packed(), note=note, at=now, day=day
    )
