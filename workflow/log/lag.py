"""How late the sealer is: the alarm of the health page, of `manage.py check` and of the log file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.db import connection

ALARM = timedelta(seconds=60)
OLDEST = (
    "SELECT count(*), app_now() - min(e.at), count(*) FILTER (WHERE e.id IS NULL) "
    "FROM workflow_auditwaiting w LEFT JOIN workflow_auditevent e ON e.id = w.event_id"
)


@dataclass(frozen=True)
class Lag:
    """How many events wait for the sealer, and how long the oldest of them has waited."""

    waiting: int
    oldest: timedelta
    lost: int = 0  # events that were taken away before they were sealed

    @property
    def alarming(self) -> bool:
        """Tell whether somebody must look."""
        return self.oldest > ALARM or self.lost > 0

    @property
    def sentence(self) -> str:
        """Say it to who runs the installation."""
        if self.lost:
            return f"{self.lost} events of the log are gone although nobody had sealed them."
        seconds = int(self.oldest.total_seconds())
        return f"{self.waiting} events wait to be sealed in the log, the oldest for {seconds} seconds."


def found() -> Lag:
    """Return the lag of now; none before the tables exist, for checks run before they are made."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('workflow_auditwaiting') IS NOT NULL")
        if not cursor.fetchone()[0]:
            return Lag(0, timedelta(0))
        cursor.execute(OLDEST)
        waiting, oldest, lost = cursor.fetchone()
    return Lag(waiting, max(oldest or timedelta(0), timedelta(0)), lost)
