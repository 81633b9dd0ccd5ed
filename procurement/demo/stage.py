"""The stage of the demonstration: its clock, its shift in days, and the world that hears what is told."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import connection

from procurement.demo.cast import Cast
from workflow import clock, outbox
from workflow.log import sealer
from workflow.models import OutboxMessage

ZONE = ZoneInfo("Europe/Madrid")
PATIENCE = 90.0  # seconds that the worker may take to do what waits


class WorldIsSilent(RuntimeError):
    """Messages were not delivered in time: the worker does not run, or one of them fails."""


def in_this_process() -> None:
    """Deliver what waits here and now."""
    outbox.deliver_waiting()
    _nothing_left()


def by_the_worker() -> None:
    """Wait until the real worker has delivered everything."""
    until = time.monotonic() + PATIENCE
    while OutboxMessage.objects.filter(done_at=None, dead_at=None).exists():
        if time.monotonic() > until:
            break
        outbox.relay_quietly()
        time.sleep(0.1)
    _nothing_left()


def _nothing_left() -> None:
    left = OutboxMessage.objects.filter(done_at=None).exclude(last_error="").values_list("task", "last_error")[:3]
    if left or OutboxMessage.objects.filter(done_at=None).exists():
        raise WorldIsSilent("; ".join(f"{task}: {error}" for task, error in left) or "nothing was delivered")


@dataclass
class Stage:
    """Where a play stands. `shift` moves every date of the data, by whole days."""

    cast: Cast
    shift: timedelta = timedelta(0)
    say: Callable[[str], None] = lambda text: None
    world: Callable[[], None] = in_this_process
    reference: str = ""
    title: dict[str, str] = field(default_factory=dict)
    price_sealing: str = ""  # where prices are sealed, when it is not by the service
    now: datetime = field(init=False)

    def __post_init__(self) -> None:
        self.now = clock.now()

    def instant(self, local: str | datetime) -> datetime:
        """Return the instant of a local time of the data, moved by the shift."""
        moment = local if isinstance(local, datetime) else datetime.fromisoformat(str(local))
        return (moment + self.shift).replace(tzinfo=ZONE)

    def at(self, local: str, text: str = "") -> datetime:
        """Set the clock, say what happens, and return the instant."""
        clock.set_to(self.instant(local))
        self.now = clock.now()
        if text:
            self.say(f"{self.now.astimezone(ZONE):%d/%m/%Y %H:%M:%S}  {text}")
        return self.now

    def settle(self) -> None:
        """Let the world do what it was told: papers are written, mails leave; then the log is sealed."""
        self.world()
        if not connection.in_atomic_block:  # a play that a test will undo has nothing to seal
            sealer.seal_all()
