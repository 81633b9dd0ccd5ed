"""How many queries something costs: asked once in this process."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.test import Client

from infra.bench.load import Asked, Unit, WrongAnswer

BOUNDS = ("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT")


@contextmanager
def counted() -> Iterator[list[str]]:
    """Yield the list of statements, which grows; those that only bound a transaction are left out."""
    statements: list[str] = []

    def note(execute: Any, sql: str, *rest: Any) -> Any:
        if not sql.startswith(BOUNDS):
            statements.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(note):
        yield statements


def queries_of(unit: Unit) -> list[int]:
    """Return the number of statements for each request of a unit."""
    return [_count(asked) for asked in unit]


def _count(asked: Asked) -> int:
    client = Client(enforce_csrf_checks=True)
    kind = asked.headers.get("Content-Type", "")
    headers = {name: value for name, value in asked.headers.items() if name != "Content-Type"}
    with counted() as statements:
        answer: Any = client.generic(asked.method, asked.path, asked.body, content_type=kind, headers=headers)
        written = b"".join(answer) if answer.streaming else answer.content
    if answer.status_code != asked.expected:
        raise WrongAnswer(f"{asked.method} {asked.path}: {answer.status_code}\n{written[:600]!r}")
    return len(statements)
