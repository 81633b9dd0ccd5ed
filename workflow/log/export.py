"""The log as a file that proves itself: JSON lines with entries, checkpoints, and the roots of what is left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.db import connection

from workflow import signing
from workflow.log import notes
from workflow.log.entries import canonical
from workflow.log.tree import Tree, parts_between
from workflow.log.verify_log import FORMAT
from workflow.log.walk import EVENT, entry_of
from workflow.models import AuditEvent, AuditSeal

CHUNK = 2000
LEAVES = "SELECT leaf FROM workflow_auditleaf WHERE seq >= %s AND seq < %s ORDER BY seq"
ENTRIES = f"""
SELECT l.seq, l.event_id, l.commitment, l.leaf, s.salt, {EVENT}
FROM workflow_auditleaf l JOIN workflow_auditevent e ON e.id = l.event_id
LEFT JOIN workflow_auditsalt s ON s.event_id = l.event_id
WHERE l.seq = ANY(%s) ORDER BY l.seq
"""  # noqa: S608 - names of columns, from this house


class ErasureUnderWay(RuntimeError):
    """The event of an erasure is not sealed yet: an export made now would not say why bodies are missing."""


def whole() -> Iterator[str]:
    """Yield the lines of the whole log; inside one snapshot. Refuses while an erasure waits to be sealed."""
    if AuditEvent.objects.filter(act="erase_event_bodies", outcome="done", leaf=None).exists():
        raise ErasureUnderWay("An erasure is not sealed yet: ask again in a few seconds.")
    seals = list(AuditSeal.objects.order_by("number"))
    return _lines(seals, wanted=None, scope="")


def of_file(scope: str, *, events: Any) -> Iterator[str]:
    """Yield the lines for some events of one file (a query of theirs), with the anchors of the days and the last checkpoint.

    What lies between is there as roots, which show how many entries there are and nothing of them.
    """
    last = AuditSeal.objects.order_by("-number").first()
    days = AuditSeal.objects.exclude(day=None).order_by("number")
    seals = [*(one for one in days if last and one.number < last.number), *([last] if last else [])]
    wanted = sorted(events.order_by().exclude(leaf=None).values_list("leaf__seq", flat=True))
    return _lines(seals, wanted=wanted, scope=scope)


def _lines(seals: Sequence[AuditSeal], *, wanted: list[int] | None, scope: str) -> Iterator[str]:
    keys = signing.public_keys(signing.LOG)
    used = sorted({str(notes.opened(seal.note, keys=keys)[1]) for seal in seals})
    last, size = (seals[-1].number, seals[-1].tree_size) if seals else (0, 0)
    yield _line({"format": FORMAT, "keys": used, "last": last, "scope": scope, "size": size})
    at, leaves, shown = 0, _Leaves(), _shown(wanted)
    for seal in seals:
        chosen = range(at, seal.tree_size) if wanted is None else [one for one in wanted if at <= one < seal.tree_size]
        for seq in chosen:
            yield from leaves.parts(at, seq)
            yield next(shown)
            at = seq + 1
        yield from leaves.parts(at, seal.tree_size)
        at = seal.tree_size
        yield _line({"checkpoint": seal.note})


def _shown(wanted: list[int] | None) -> Iterator[str]:
    """Yield the lines of the wanted entries, in order; of all where nothing is said."""
    first = 0
    while chosen := (list(range(first, first + CHUNK)) if wanted is None else wanted[first : first + CHUNK]):
        with connection.cursor() as cursor:
            cursor.execute(ENTRIES, [chosen])
            rows = cursor.fetchall()
        if not rows:
            return
        yield from (_entry(row) for row in rows)
        first += CHUNK


def _entry(row: tuple[Any, ...]) -> str:
    entry = entry_of(row, erased=row[4] is None)
    line: dict[str, Any] = {"head": entry.head, "leaf": entry.leaf.hex(), "seq": row[0]}
    if entry.salt is not None:
        line |= {"body": entry.body, "salt": entry.salt.hex()}
    return _line(line)


class _Leaves:
    """The hashes of all entries, read forward once."""

    def __init__(self) -> None:
        self.first, self.held = 0, list[bytes]()

    def parts(self, first: int, end: int) -> Iterator[str]:
        """Yield the lines that stand for the entries from `first` up to `end`."""
        for start, level in parts_between(first, end):
            tree = Tree()
            for seq in range(start, start + (1 << level)):
                tree.append(self._leaf(seq))
            yield _line({"count": 1 << level, "first": start, "root": tree.root().hex()})

    def _leaf(self, seq: int) -> bytes:
        if not self.first <= seq < self.first + len(self.held):
            with connection.cursor() as cursor:
                cursor.execute(LEAVES, [seq, seq + CHUNK])
                self.first, self.held = seq, [bytes(leaf) for (leaf,) in cursor]
        return self.held[seq - self.first]


def _line(value: dict[str, Any]) -> str:
    return f"{canonical(value)}\n"
