"""Rows and their events: what must have left an event, and what an event says must be there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection

from workflow.diagrams import machines


@dataclass(frozen=True)
class Trace:
    """Every row of a table has an event of one of these acts, and every such event its row.

    The event names the row as its subject, or, with `named`, in this place of its details.
    """

    model: Any
    acts: tuple[str, ...]
    named: str = ""

    @property
    def table(self) -> str:
        """Return the name of the table, by which events call their subject."""
        return str(self.model._meta.db_table)


TRACES: list[Trace] = []
ENDS: dict[str, str] = {}  # tables whose rows may go, and the act that says so


def traced(model: Any, *acts: str, named: str = "") -> None:
    """Register the acts that create the rows of a model."""
    TRACES.append(Trace(model, acts, named))


def may_end(model: Any, *, act: str) -> None:
    """Register the act that deletes a row of a machine."""
    ENDS[model._meta.db_table] = act


MOVED = """
SELECT r.id, r.state FROM {table} r LEFT JOIN LATERAL (
  SELECT e.target FROM workflow_auditevent e
  WHERE e.subject_type = %s AND e.subject_id = r.id::text AND e.outcome = 'done' AND e.target <> ''
  ORDER BY e.id DESC LIMIT 1) last ON true
WHERE r.state <> coalesce(last.target, %s) ORDER BY r.id
"""
GONE = """
SELECT min(e.id), e.subject_id FROM workflow_auditevent e
WHERE e.subject_type = %s AND e.outcome = 'done' AND e.target <> ''
  AND NOT EXISTS (SELECT 1 FROM {table} r WHERE r.id::text = e.subject_id)
  AND NOT EXISTS (SELECT 1 FROM workflow_auditevent f
                  WHERE f.subject_type = e.subject_type AND f.subject_id = e.subject_id AND f.outcome = 'done' AND f.act = %s)
GROUP BY e.subject_id ORDER BY 1
"""
TOLD = {
    "": "SELECT subject_id FROM workflow_auditevent WHERE subject_type = %s AND outcome = 'done' AND act = ANY(%s)",
    "named": "SELECT details->>%s FROM workflow_auditevent WHERE outcome = 'done' AND act = ANY(%s) AND details ? %s",
}


def breaches() -> Iterator[str]:
    """Yield a sentence for each row without its event, each event without its row, each state that no event brought about."""
    for model in machines():
        yield from _states(model)
    for trace in TRACES:
        yield from _rows(trace)


def _states(model: Any) -> Iterator[str]:
    table, initial = model._meta.db_table, str(model._meta.get_field("state").default)
    for key, state in _asked(MOVED.format(table=table), [table, initial]):
        yield f"{table} {key} is “{state}”, which is not what its last event says."
    for event, key in _asked(GONE.format(table=table), [table, ENDS.get(table, "")]):
        yield f"{table} {key}, of event {event}, is gone."


def _rows(trace: Trace) -> Iterator[str]:
    present = {key for (key,) in _asked(f"SELECT id::text FROM {trace.table}", [])}  # noqa: S608 - a table of ours
    asked = [trace.named, list(trace.acts), trace.named] if trace.named else [trace.table, list(trace.acts)]
    told = {key for (key,) in _asked(TOLD["named" if trace.named else ""], asked)}
    silent = sorted(present - told, key=int)
    if len(silent) > _forgotten(trace):
        yield from (f"{trace.table} {key} has no event." for key in silent)
    yield from (f"{trace.table} {key}, of which an event speaks, is gone." for key in sorted(told - present, key=int))


def _forgotten(trace: Trace) -> int:
    """Count the events that named their row in details which were erased: so many rows may be without."""
    if not trace.named:
        return 0
    counted = "SELECT count(*) FROM workflow_auditevent WHERE act = ANY(%s) AND details = %s"
    return int(_asked(counted, [list(trace.acts), '{"erased": true}'])[0][0])


def _asked(statement: str, values: list[Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())
