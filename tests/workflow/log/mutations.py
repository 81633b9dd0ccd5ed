"""What somebody could change in the tables of the log, the triggers put aside: drawn at random, the same for a seed.

Each mutation returns the lowest number of an entry that it touched; None where it touched what no number names.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

from django.db import connection

from tests.workflow.log.logs import INSERT, without_triggers

Mutation = Callable[[Random], "int | None"]
TEXT = ("act", "subject_type", "subject_id", "scope", "source", "target", "outcome")


def _one(statement: str, *values: Any) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchone()[0]


def _entry(chance: Random, *, below: int = 0) -> tuple[int, int]:
    """Choose an entry that is not erased; return its number and its event."""
    seq = chance.randrange(_one("SELECT count(*) FROM workflow_auditleaf") - below)
    return seq, _one("SELECT event_id FROM workflow_auditleaf WHERE seq = %s", seq)


def change_text(chance: Random) -> int:
    seq, event = _entry(chance)
    column = chance.choice(TEXT)
    without_triggers(f"UPDATE workflow_auditevent SET {column} = {column} || 'x' WHERE id = %s", [event])
    return seq


def change_figure(chance: Random) -> int:
    seq, event = _entry(chance)
    change = chance.choice(
        ("txid = txid + 1", "at = at + interval '1 microsecond'", "actor_id = coalesce(actor_id, 0) + 1")
    )
    without_triggers(f"UPDATE workflow_auditevent SET {change} WHERE id = %s", [event])
    return seq


def change_json(chance: Random) -> int:
    seq, event = _entry(chance)
    change = chance.choice(
        (
            "details = details || '{\"n\": -1}'",
            "details = '{}'",
            "details = '[]'",
            "reasons = reasons || '[\"PUB-01\"]'",
        )
    )
    without_triggers(f"UPDATE workflow_auditevent SET {change} WHERE id = %s", [event])
    return seq


def claim_erasure(chance: Random) -> int:
    """Take body and salt away as an erasure does, without the event of one."""
    seq, event = _entry(chance)
    without_triggers(
        "UPDATE workflow_auditevent SET actor_id = NULL, details = '{\"erased\": true}' WHERE id = %s", [event]
    )
    without_triggers("DELETE FROM workflow_auditsalt WHERE event_id = %s", [event])
    return seq


def delete_event(chance: Random) -> int:
    seq, event = _entry(chance)
    without_triggers("DELETE FROM workflow_auditevent WHERE id = %s", [event])
    if chance.random() < 0.5:
        without_triggers("DELETE FROM workflow_auditsalt WHERE event_id = %s", [event])
    return seq


def delete_leaf(chance: Random) -> int:
    seq, _event = _entry(chance)
    without_triggers("DELETE FROM workflow_auditleaf WHERE seq = %s", [seq])
    return seq


def delete_entry_and_close_the_gap(chance: Random) -> int:
    """Take an entry away with everything, and number the later ones anew: its checkpoint is the first that does not fit."""
    seq, event = _entry(chance)
    last = _one("SELECT max(tree_size) FROM workflow_auditseal")
    begins = _one("SELECT coalesce(max(tree_size), 0) FROM workflow_auditseal WHERE tree_size <= %s", seq)
    ends = _one("SELECT min(tree_size) FROM workflow_auditseal WHERE tree_size > %s", seq)
    for table, column in (("leaf", "event_id"), ("salt", "event_id"), ("event", "id")):
        without_triggers(f"DELETE FROM workflow_audit{table} WHERE {column} = %s", [event])
    without_triggers("UPDATE workflow_auditleaf SET seq = -seq WHERE seq > %s", [seq])
    without_triggers("UPDATE workflow_auditleaf SET seq = -seq - 1 WHERE seq < 0")
    return begins if ends < last else last - 1


def swap_entries(chance: Random) -> int:
    seq, event = _entry(chance, below=1)
    after = _one("SELECT event_id FROM workflow_auditleaf WHERE seq = %s", seq + 1)
    swap = "UPDATE workflow_auditleaf SET event_id = CASE seq WHEN %s THEN %s ELSE %s END WHERE seq IN (%s, %s)"
    without_triggers("ALTER TABLE workflow_auditleaf DROP CONSTRAINT workflow_auditleaf_event_id_key")
    without_triggers(swap, [seq, after, event, seq, seq + 1])
    return seq


def change_bytes(chance: Random) -> int:
    """Flip a bit of a leaf, a commitment or a salt."""
    seq, event = _entry(chance)
    table, column = chance.choice((("leaf", "leaf"), ("leaf", "commitment"), ("salt", "salt")))
    at = chance.randrange(256)
    without_triggers(
        f"UPDATE workflow_audit{table} SET {column} = set_bit({column}, %s, 1 - get_bit({column}, %s)) WHERE event_id = %s",
        [at, at, event],
    )
    return seq


def shorten_salt(chance: Random) -> int:
    seq, event = _entry(chance)
    without_triggers("UPDATE workflow_auditsalt SET salt = salt || '\\x00'::bytea WHERE event_id = %s", [event])
    return seq


def delete_salt(chance: Random) -> int:
    seq, event = _entry(chance)
    without_triggers("DELETE FROM workflow_auditsalt WHERE event_id = %s", [event])
    return seq


def cut_the_end(chance: Random) -> int:
    """Take the last entries away, and perhaps their checkpoints."""
    seq, _event = _entry(chance)
    for table, column in (("salt", "event_id"), ("event", "id")):
        without_triggers(
            f"DELETE FROM workflow_audit{table} WHERE {column} IN (SELECT event_id FROM workflow_auditleaf WHERE seq >= %s)",
            [seq],
        )
    without_triggers("DELETE FROM workflow_auditleaf WHERE seq >= %s", [seq])
    return seq


def _seal(chance: Random) -> tuple[int, int]:
    """Choose a checkpoint; return its number and how many entries the one before covers: the first that is not proved."""
    number = chance.randint(1, _one("SELECT max(number) FROM workflow_auditseal"))
    return number, _one("SELECT coalesce(max(tree_size), 0) FROM workflow_auditseal WHERE number < %s", number)


def change_seal(chance: Random) -> int:
    number, first = _seal(chance)
    change = chance.choice(
        (
            "tree_size = tree_size + 1", "root = set_bit(root, 3, 1 - get_bit(root, 3))", "at = at + interval '1 second'",
            "peaks = set_bit(peaks, 9, 1 - get_bit(peaks, 9))", "day = coalesce(day + 1, at::date - 7)", "number = number + 1000",
            "note = replace(note, 'number ', 'number 1')", "note = replace(note, '=', 'A')", "note = note || ' '", "note = ''",
        )
    )  # fmt: skip
    without_triggers(f"UPDATE workflow_auditseal SET {change} WHERE number = %s", [number])
    return first


def delete_seal(chance: Random) -> int:
    number, first = _seal(chance)
    without_triggers("DELETE FROM workflow_auditseal WHERE number = %s", [number])
    return first


def forge_event(chance: Random) -> None:
    """Write an event past the trigger that lets it wait."""
    without_triggers(INSERT, ["forged"])


def forge_waiting(chance: Random) -> None:
    _seq, event = _entry(chance)
    event = event if chance.random() < 0.5 else -event
    without_triggers("INSERT INTO workflow_auditwaiting (event_id) VALUES (%s)", [event])


def forge_salt(chance: Random) -> None:
    without_triggers(
        "INSERT INTO workflow_auditsalt (event_id, salt) VALUES (%s, %s)", [-chance.randrange(1, 99), b"s" * 32]
    )


def drop_law(chance: Random) -> None:
    """Take a trigger away, switch it off, or empty the function behind it."""
    without_triggers(
        chance.choice(
            (
                "DROP TRIGGER event_written_once ON workflow_auditevent",
                "ALTER TABLE workflow_auditevent DISABLE TRIGGER event_waits",
                "ALTER TABLE workflow_auditleaf DISABLE TRIGGER ALL",
                "CREATE OR REPLACE FUNCTION workflow_event_kept() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$",
                "CREATE TRIGGER more BEFORE INSERT ON workflow_auditevent FOR EACH ROW EXECUTE FUNCTION workflow_written_once()",
            )
        )
    )


MUTATIONS: list[Mutation] = [
    change_text, change_figure, change_json, claim_erasure, delete_event, delete_leaf, delete_entry_and_close_the_gap,
    swap_entries, change_bytes, shorten_salt, delete_salt, cut_the_end, change_seal, delete_seal, forge_event, forge_waiting,
    forge_salt, drop_law,
]  # fmt: skip
