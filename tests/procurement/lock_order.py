"""The one order in which acts take what others wait for: told by the statements that reach the database.

`docs/architecture.md` has the list. Whoever takes something that stands before what is held already can meet somebody who
comes from the other side, and then one of the two is answered 503.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import FrameType
from typing import Any

from django.db import connection

from workflow.transitions import use_case

ORDER = ("the call's lock", "call", "application", "upload", "another row")
ADVISORY = re.compile(r"pg_advisory_xact_lock(?:_shared)?\(1,")
NAMED = re.compile(r'FOR UPDATE OF "procurement_(\w+)"')  # what it says itself, whatever it reads beside
LOCKED = re.compile(r'FROM "procurement_(\w+)" .*FOR UPDATE', re.DOTALL)
WRITTEN = re.compile(r'^(?:UPDATE|DELETE FROM) "procurement_(call|application|upload)"')


class OutOfOrder(AssertionError):
    """Something was taken after what comes later."""


ACT = use_case(lambda: None).__code__  # every act runs in this one


@dataclass
class Watch:
    """What the running act has taken, with those that it calls; what stands outside of acts takes what it likes."""

    act: FrameType | None = None
    held: list[str] = field(default_factory=list)
    shared: bool = False
    seen: set[tuple[str, ...]] = field(default_factory=set)

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        """Look at a statement before it is sent."""
        if name := self._named(sql):
            act = _outermost_act()
            if act is not self.act:
                self.act, self.held, self.shared = act, [], False
            if act is not None:
                self._take(name, shared="_shared(" in sql)
        return execute(sql, params, many, context)

    def _named(self, sql: str) -> str:
        if ADVISORY.search(sql):
            return ORDER[0]
        found = NAMED.search(sql) or LOCKED.search(sql) or WRITTEN.search(sql)
        return "" if not found else found[1] if found[1] in ORDER else ORDER[-1]

    def _take(self, name: str, *, shared: bool) -> None:
        if name == ORDER[0] and self.shared and not shared:
            raise OutOfOrder("the call's lock: shared first, exclusive afterwards")
        self.shared = self.shared or (shared and name == ORDER[0])
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


def _outermost_act() -> FrameType | None:
    """Return the act that runs now, the one that called the others."""
    frame, found = sys._getframe(1), None
    while frame is not None:
        if frame.f_code is ACT:
            found = frame
        frame = frame.f_back  # type: ignore[assignment]
    return found


@contextmanager
def watching() -> Iterator[Watch]:
    """Watch what the acts inside take."""
    watch = Watch()
    with connection.execute_wrapper(watch):
        yield watch
