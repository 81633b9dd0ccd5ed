"""A world is played once in each process of the tests: whoever asks for the same again gets its rows put back.

Rows are put back only into a database without any, and only those that the play wrote; numbers go on where they are, and
the clock stands where it stood when the play was over. What the play put into the document store is still there.
"""

from __future__ import annotations

import copy
import functools
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from django.db import connection

from workflow import clock

World = TypeVar("World")
# Not written by plays: Django's own tables, and the shift of the clock, which is set anew.
APART = ("django_migrations", "django_content_type", "auth_permission", "django_site", "workflow_clockshift")


@dataclass(frozen=True)
class Played:
    """What a play left: rows by table, the instant, and what it returned."""

    rows: dict[str, bytes]
    now: datetime
    world: Any

    def again(self) -> Any:
        """Put the rows back and return a copy of the world."""
        with connection.cursor() as cursor:
            cursor.execute("SET session_replication_role = replica")  # triggers have seen these rows before
            try:
                for table, rows in self.rows.items():
                    with cursor.copy(f"COPY {_columns()[table]} FROM STDIN") as into:
                        into.write(rows)
            finally:
                cursor.execute("SET session_replication_role = origin")
        clock.set_to(self.now)
        return copy.deepcopy(self.world)


_played: dict[Any, Played] = {}
_apart: list[None] = []


@contextmanager
def played_apart() -> Iterator[None]:
    """Play everything anew and keep nothing of it: for a play that is patched, and so leads to a world of its own."""
    _apart.append(None)
    try:
        yield
    finally:
        _apart.pop()


def played_once(play: Callable[..., World]) -> Callable[..., World]:
    """Play when asked for the first time with these arguments; then put back what was left."""

    @functools.wraps(play)
    def world(*args: Any, **how: Any) -> World:
        key = _key(play, args, how)
        if key is None or _apart or _filled():
            return play(*args, **how)
        if key not in _played:
            made = play(*args, **how)
            _played[key] = Played(rows=_rows(), now=clock.now(), world=copy.deepcopy(made))
            return made
        again: World = _played[key].again()
        return again

    return world


def _key(play: Callable[..., Any], args: tuple[Any, ...], how: dict[str, Any]) -> Any:
    """Return what tells this play from others, or nothing for arguments that do not tell."""
    try:
        key = (play, _fixed(args), _fixed(how), connection.in_atomic_block)
        hash(key)
    except TypeError:
        return None
    return key


def _fixed(value: Any) -> Any:
    if isinstance(value, Mapping):
        return tuple((name, _fixed(one)) for name, one in value.items())
    if isinstance(value, (list, tuple)):
        return tuple(_fixed(one) for one in value)
    if getattr(value, "__name__", "") == "<lambda>":
        raise TypeError("each of them is another one")
    return value


@functools.cache
def _columns() -> dict[str, str]:
    """Return each table with the columns that can be written."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, string_agg(quote_ident(column_name), ', ' ORDER BY ordinal_position) "
            "FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name) "
            "WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND is_generated = 'NEVER' "
            "GROUP BY table_name"
        )
        return {table: f'"{table}" ({columns})' for table, columns in cursor.fetchall() if table not in APART}


def _filled() -> set[str]:
    """Return the tables that have rows."""
    asked = " UNION ALL ".join(f"SELECT '{table}' WHERE EXISTS (SELECT FROM \"{table}\")" for table in _columns())
    with connection.cursor() as cursor:
        cursor.execute(asked)
        return {table for (table,) in cursor.fetchall()}


def _rows() -> dict[str, bytes]:
    rows = {}
    with connection.cursor() as cursor:
        for table in sorted(_filled()):
            with cursor.copy(f"COPY {_columns()[table]} TO STDOUT") as out:
                rows[table] = b"".join(bytes(piece) for piece in out)
    return rows
