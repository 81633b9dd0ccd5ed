"""The one order in which acts take what others wait for: told by the statements that reach the database.

`docs/architecture.md` has the list. Whoever takes something that stands before what is held already can meet somebody who
comes from the other side, and then one of the two is answered 503.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

ORDER = ("the call's lock", "call", "application", "upload", "another row")
ADVISORY = re.compile(r"pg_advisory_xact_lock(_shared)?\(1,")
LOCKED = re.compile(r'FROM "procurement_(\w+)" .*FOR UPDATE', re.DOTALL)
WRITTEN = re.compile(r'^(?:UPDATE|DELETE FROM) "procurement_(call|application|upload)"')


class OutOfOrder(AssertionError):
    """Something was taken after what comes later."""


@dataclass
class Watch:
    """What the running act has taken. An act is the outermost savepoint, or transaction, after the watch began."""

    depth: int = 0
    held: list[str] = field(default_factory=list)
    shared: bool = False
    seen: set[tuple[str, ...]] = field(default_factory=set)

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        """Look at a statement before it is sent."""
        if sql.startswith("SAVEPOINT"):
            self._begun()
            self.depth += 1
        elif sql.startswith(("RELEASE SAVEPOINT", "ROLLBACK TO")):
            self.depth -= sql.startswith("RELEASE")
        elif self.depth and (name := self._taken(sql)):
            self._take(name)
        return execute(sql, params, many, context)

    def _begun(self) -> None:
        if not self.depth:
            self.held, self.shared = [], False

    def _taken(self, sql: str) -> str:
        if found := ADVISORY.search(sql):
            if self.shared and not found[1]:
                raise OutOfOrder("the call's lock: shared first, exclusive afterwards")
            self.shared = self.shared or bool(found[1])
            return ORDER[0]
        found = LOCKED.search(sql) or WRITTEN.search(sql)
        return "" if not found else found[1] if found[1] in ORDER else ORDER[-1]

    def _take(self, name: str) -> None:
        if name in self.held:
            return
        if later := [one for one in self.held if self._stands_after(one, name)]:
            raise OutOfOrder(f"{name} is taken after {', '.join(later)}")
        self.held.append(name)
        self.seen.add(tuple(self.held))

    def _stands_after(self, held: str, name: str) -> bool:
        """Rows beside these four, a sheet or a session, have no order of their own: only the call comes before them."""
        if held == ORDER[-1]:
            return name == ORDER[0] or (name == ORDER[1] and ORDER[0] not in self.held)
        return ORDER.index(held) > ORDER.index(name)


@contextmanager
def watching() -> Iterator[Watch]:
    """Watch what the acts inside take."""
    watch = Watch()
    with connection.execute_wrapper(watch):
        yield watch
