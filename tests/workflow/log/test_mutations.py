"""A thousand random changes to the tables and a thousand to an export: each is found, and its first entry named."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from django.db import connection

from tests.workflow.log.logs import examined, sealed_log, undone, without_triggers
from tests.workflow.log.mutations import MUTATIONS
from workflow.log import entries, export, verify_log
from workflow.log.tree import Tree

SEED, TIMES = 20260503, 1000


@pytest.mark.django_db(transaction=True)
def test_a_thousand_changes_of_the_tables_are_found_and_named() -> None:
    sealed_log(7, 1, 20, 12, subject_type="procurement_call", subject_id="1", scope="CITY-1")
    assert examined().code == 0
    chance, missed = Random(SEED), []
    for number in range(TIMES):
        mutation = MUTATIONS[number % len(MUTATIONS)]
        with undone():
            first = mutation(chance)
            found = examined()
        if found.code != 2 or found.first_bad != first:
            missed.append((number, mutation.__name__, first, found.first_bad, found.lines()))
    assert missed == []
    assert examined().code == 0


@pytest.mark.django_db(transaction=True)
def test_who_computes_the_leaf_anew_is_found_at_the_next_checkpoint() -> None:
    """Only signatures stand against this: the batch is named, for nothing tells which of its entries is another one."""
    sealed_log(4, 10, 3)
    changed_with_its_leaf(seq=8)
    found = examined()
    assert found.code == 2
    assert found.first_bad == 4
    assert "Checkpoint 2, of 14 entries: the entries are not those that were sealed." in found.lines()[1]


@pytest.mark.django_db(transaction=True)
def test_who_computes_the_whole_tree_anew_lacks_the_key() -> None:
    sealed_log(4, 10, 3)
    changed_with_its_leaf(seq=8)
    tree, sizes = Tree(), {4: 1, 14: 2, 17: 3}
    with connection.cursor() as cursor:
        cursor.execute("SELECT leaf FROM workflow_auditleaf ORDER BY seq")
        leaves = [bytes(leaf) for (leaf,) in cursor.fetchall()]
    for leaf in leaves:
        tree.append(leaf)
        if number := sizes.get(tree.size):
            forge = "UPDATE workflow_auditseal SET root = %s, peaks = %s WHERE number = %s"
            without_triggers(forge, [tree.root(), tree.packed(), number])
    assert examined().first_bad == 4


def changed_with_its_leaf(*, seq: int) -> None:
    """Change an event and make its commitment and its leaf fit."""
    columns = ", ".join(f"e.{name}" for name in entries.COLUMNS)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT s.salt, {columns} FROM workflow_auditleaf l JOIN workflow_auditevent e ON e.id = l.event_id "
            "JOIN workflow_auditsalt s ON s.event_id = e.id WHERE seq = %s",
            [seq],
        )
        salt, *row = cursor.fetchone()
    event = entries.Written._make(row)._replace(details='{"n": 1000}')
    entry = entries.entry_of(event, salt=bytes(salt))
    without_triggers("UPDATE workflow_auditevent SET details = %s WHERE id = %s", [event.details, event.id])
    without_triggers(
        "UPDATE workflow_auditleaf SET leaf = %s, commitment = %s WHERE seq = %s",
        [entry.leaf, bytes.fromhex(entry.head["body"]), seq],
    )


def changed_line(line: bytes, chance: Random) -> bytes:
    """Change one byte, take one out, or put one in."""
    at, what = chance.randrange(len(line)), chance.randrange(3)
    if what == 0:
        return line[:at] + bytes([line[at] ^ 1 << chance.randrange(8)]) + line[at + 1 :]
    return line[:at] + (b"" if what == 1 else bytes([chance.randrange(32, 127)])) + line[at + (what == 1) :]


def changed_file(lines: list[bytes], chance: Random) -> tuple[list[bytes], int]:
    """Change an export; return it with the number of the line that is the first to be another one."""
    at, what = chance.randrange(len(lines)), chance.randrange(8)
    if what < 4:
        return [*lines[:at], changed_line(lines[at], chance), *lines[at + 1 :]], at
    if what == 4:
        return [*lines[:at], *lines[at + 1 :]], at
    if what == 5:
        return [*lines[: at + 1], *lines[at:]], at + 1
    if what == 6:
        return lines[:at], at
    other = chance.randrange(len(lines))
    swapped = list(lines)
    swapped[at], swapped[other] = swapped[other], swapped[at]
    return swapped, min(at, other)


@pytest.mark.django_db(transaction=True)
def test_a_thousand_changes_of_an_export_are_found_and_named(tmp_path: Path) -> None:
    sealed_log(7, 1, 20, 12, subject_type="procurement_call", subject_id="1", scope="CITY-1")
    lines = [line.encode() for line in export.whole()]
    place, chance, missed, tried = tmp_path / "log.jsonl", Random(SEED), [], 0
    place.write_bytes(b"".join(lines))
    assert verify_log.read(place).faults == []
    while tried < TIMES:
        changed, at = changed_file(lines, chance)
        if changed == lines:
            continue  # a line that changed its place with itself
        tried += 1
        place.write_bytes(b"".join(changed))
        found, wanted = verify_log.read(place), entry_at(lines, at)
        if not found.faults or (at and found.first_bad not in wanted):  # of the header no entry is the first
            missed.append((tried, at, wanted, found.first_bad, found.faults))
    assert missed == []


def entry_at(lines: list[bytes], at: int) -> set[int]:
    """Return the entry at which a changed line is missed, and the first one that no checkpoint before it proves."""
    ends = [n for n, line in enumerate(lines[:at]) if line.startswith(b'{"checkpoint"')]
    return {sum(b'"seq":' in line for line in lines[:end]) for end in (at, ends[-1] if ends else 0)}
