"""The log as the tables hold it, from its first entry to its last: every entry computed anew, every checkpoint compared."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from datetime import date
from typing import Any

from django.db import connection

from workflow import signing
from workflow.log import entries, notes
from workflow.log.report import Report
from workflow.log.tree import Tree
from workflow.models import AuditSeal

EVENT = ", ".join(f"e.{name}" for name in entries.COLUMNS)
ROWS = f"""
SELECT l.seq, l.event_id, l.commitment, l.leaf, s.salt, {EVENT}
FROM workflow_auditleaf l
LEFT JOIN workflow_auditevent e ON e.id = l.event_id
LEFT JOIN workflow_auditsalt s ON s.event_id = l.event_id
WHERE l.seq < %s ORDER BY l.seq
"""  # noqa: S608 - names of columns, from this house
CHUNK = 2000
END = 2**63 - 1
ERASED = json.dumps(entries.ERASED)


class Bad(Exception):
    """An entry is not what was sealed."""


def rows(*, end: int = END) -> Iterator[tuple[Any, ...]]:
    """Yield the leaves with their events and salts, by number, up to `end`; inside a transaction, so that they stay the same."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(ROWS, [end])
        while found := cursor.fetchmany(CHUNK):
            yield from found


def erased_events() -> set[int]:
    """Return the identifiers of the events whose bodies were erased, as the events of the erasures say."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT jsonb_array_elements(details->'events')::bigint FROM workflow_auditevent "
            "WHERE subject_type = 'workflow_auditevent' AND subject_id = '' AND act = 'erase_event_bodies' AND outcome = 'done'"
        )
        return {event for (event,) in cursor}


def entry_of(row: tuple[Any, ...], *, erased: bool) -> entries.Entry:
    """Return the entry that the tables give for a leaf; refuses one that is not what was sealed, with the reason."""
    _seq, event_id, committed, leaf, salt = row[:5]
    event = entries.Written._make(row[5:])
    if event.id is None:
        raise Bad(f"its event {event_id} is gone")
    if salt is None:
        entry = _erased(event, bytes(committed), erased=erased)
    elif erased:
        raise Bad("its body was erased and is there again")
    else:
        entry = entries.entry_of(event, salt=bytes(salt))
        # The length counts: to HMAC zeros at the end of a key are nothing.
        if len(salt) != entries.SALT or entry.head["body"] != committed.hex():
            raise Bad("its actor, its details or its salt were changed")
    if entry.leaf != leaf:
        raise Bad("its event is not the one that was sealed")
    return entry


def _erased(event: entries.Written, committed: bytes, *, erased: bool) -> entries.Entry:
    if not erased:
        raise Bad("its body cannot be proved: the salt is gone, and no erasure says so")
    kept = event.subject_id if event.subject_type in entries.PEOPLE else ""
    if event.actor_id is not None or event.details != ERASED or kept:
        raise Bad("its body was erased and something stands there")
    return entries.erased_entry_of(event, committed=committed)


class Walk:
    """One walk through the log; `roots` gives the root at each size that was asked for, as far as the log goes."""

    def __init__(self, report: Report, *, sizes: Collection[int] = ()) -> None:
        self.report, self.tree = report, Tree()
        self.seals = AuditSeal.objects.order_by("number").iterator(chunk_size=CHUNK)
        self.keys = signing.public_keys(signing.LOG)
        self.waits = next(self.seals, None)
        self.asked, self.roots = sorted(sizes, reverse=True), dict[int, bytes]()
        self.covered, self.key_at, self.day = 0, len(self.keys), date.min

    def run(self) -> None:
        """Walk to the first bad entry or to the end."""
        erased = erased_events()
        self._stop()
        halt = self._next_halt()
        for row in rows():
            seq, tree = row[0], self.tree
            if seq != tree.size:
                return self._fault(f"Entry {tree.size} is missing: the next has the number {seq}.")
            try:
                entry = entry_of(row, erased=row[1] in erased)
            except Bad as bad:
                return self._fault(f"Entry {seq}: {bad}.")
            self.report.entries += 1
            self.report.erased += entry.salt is None
            tree.append(entry.leaf)
            if tree.size == halt:
                if not self._stop():
                    return None
                halt = self._next_halt()
        return self._finish()

    def _next_halt(self) -> int:
        sizes = [self.waits.tree_size] if self.waits else []
        return min([*sizes, *self.asked[-1:]], default=-1)

    def _stop(self) -> bool:
        """Compare every checkpoint of the present size; note its root where it was asked for."""
        while self.asked and self.asked[-1] <= self.tree.size:
            self.roots[self.asked.pop()] = self.tree.root()
        while (seal := self.waits) and seal.tree_size <= self.tree.size:
            if wrong := self._wrong(seal):
                self._fault(f"Checkpoint {seal.number}, of {seal.tree_size} entries: {wrong}", first=self.covered)
                return False
            self.covered, self.waits = seal.tree_size, next(self.seals, None)
            self.report.seals += 1
        return True

    def _wrong(self, seal: AuditSeal) -> str:
        if seal.number != self.report.seals + 1:
            return f"checkpoint {self.report.seals + 1} is missing."
        try:
            text, key = notes.opened(seal.note, keys=self.keys)
            said = notes.Checkpoint.read(text)
        except notes.BadNote as bad:
            return str(bad)
        position = self.keys.index(key)
        if said.origin != key.name or position > self.key_at:
            return (
                "it is signed by a key that was retired before."
                if said.origin == key.name
                else "its name is another one."
            )
        self.key_at = position
        day = said.at.date() if said.at.date() > self.day else None
        self.day = day or self.day
        row = (seal.number, seal.tree_size, bytes(seal.root), seal.at, seal.day, bytes(seal.peaks))
        if (said.size, said.root) != (self.tree.size, self.tree.root()):
            return "the entries are not those that were sealed."
        signed = (said.number, said.size, said.root, said.at, day, self.tree.packed())
        return "" if row == signed else "its row does not say what was signed."

    def _finish(self) -> None:
        """Say what is too little: entries that a checkpoint covers and are gone, or entries that none covers."""
        end, size = self.waits, self.tree.size
        if end and _size_signed(end) == end.tree_size:
            unproved = f" Those from {self.covered} on are not proved." if self.covered < size else ""
            self._fault(f"Entries {size} to {end.tree_size - 1} of checkpoint {end.number} are missing.{unproved}")
        elif end:
            self._fault(f"Checkpoint {end.number}: its row does not say what was signed.", first=self.covered)
        elif size > self.covered:
            self._fault(f"Entries {self.covered} to {size - 1} are under no checkpoint.", first=self.covered)

    def _fault(self, sentence: str, *, first: int | None = None) -> None:
        self.report.fault(sentence, first=self.tree.size if first is None else first)


def _size_signed(seal: AuditSeal) -> int | None:
    """Return the size that the note of a checkpoint speaks of, if it speaks at all."""
    lines = seal.note.split("\n")
    return int(lines[1]) if len(lines) > 1 and lines[1].isdecimal() else None
