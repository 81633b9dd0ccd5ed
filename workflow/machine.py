"""What moves: rows with a state, declared by django-fsm and moved by the door in transitions.py only."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models
from django.db.migrations.operations import RunSQL
from django_fsm import FSMField


class NotAsked(RuntimeError):
    """A transition method was called without going through the door."""


class Moving(models.Model):
    """A row whose state moves. `facts(about)` builds the frozen facts its guards read, once for each asking."""

    FACTS: dict[str, Any] = {}
    TOGETHER: tuple[str, ...] = ()  # rows that its permissions and facts read: the door fetches them with it

    state: FSMField
    next_check_at = models.DateTimeField(null=True, blank=True, db_index=True)

    class Meta:
        abstract = True

    def ask(self, *, now: datetime) -> None:
        """Fix the instant of the question and forget the facts of an earlier one."""
        self.__dict__["_asked_at"] = now
        self.__dict__["_facts"] = {}

    def facts(self, about: str) -> Any:
        """Return the facts of one kind at the asked instant; refuse when nobody asked."""
        asked_at = self.__dict__.get("_asked_at")
        if asked_at is None:
            raise NotAsked(f"{type(self).__name__} can only be moved through workflow.transitions")
        known = self.__dict__["_facts"]
        if about not in known:
            known[about] = type(self).FACTS[about](self, now=asked_at)
        return known[about]

    def hold(self) -> None:
        """Take the lock, wider than the row, that other transactions of this subject agree on; none by default."""

    def take_over(self, before: Moving) -> None:
        """Take over, from the same row read earlier, what a request brought along and no column holds; nothing by default."""

    @property
    def scope(self) -> str:
        """Return the name of the file this row belongs to in the log (a call's reference); empty when none."""
        return ""


def moves_with_event(table: str, *, initial: str) -> RunSQL:
    """Return the migration step that refuses a change of state without its audit event in the same transaction."""
    name = f"{table}_moves_with_event"
    return RunSQL(
        f"CREATE CONSTRAINT TRIGGER {name} AFTER INSERT OR UPDATE OF state ON {table} "
        "DEFERRABLE INITIALLY DEFERRED FOR EACH ROW "
        f"EXECUTE FUNCTION workflow_moves_with_event('{initial}')",
        f"DROP TRIGGER IF EXISTS {name} ON {table}",
    )
