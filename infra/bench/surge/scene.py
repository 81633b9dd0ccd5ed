"""The call of the surge, from its publication to its opening, by the real acts; its clock is set, as in the demonstration."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from procurement.actions.replace_requirements import replace_requirements
from procurement.demo import drafting, judging
from procurement.demo.cast import gather, sheet
from procurement.demo.stage import Stage
from procurement.models import Call
from workflow import clock, outbox
from workflow.models import OutboxMessage

# Code: may be missing. The first is in every application, the second is what is uploaded, the third nobody sends.
ASKED = {"A1": False, "A4": True, "B1": True}
REFERENCE = "SURGE-2020"
DELIVERY = 900.0  # seconds that the worker may take afterwards for the mails of everybody


class NothingMoves(RuntimeError):
    """The worker has not delivered what waits, for far longer than it may take."""


@dataclass
class Scene:
    """The call, and the stage that has its people and its clock."""

    stage: Stage
    call: Call

    @property
    def deadline(self) -> datetime:
        """Return the deadline."""
        assert self.call.deadline is not None
        return self.call.deadline


def published(*, say: Callable[[str], None], reference: str = REFERENCE) -> Scene:
    """Return a published call that asks for one document and takes another, its holders' keys made and confirmed."""
    clock.allow_setting()
    stage = Stage(cast=gather(), reference=reference, say=say)
    call = drafting.write_draft(stage)
    rows = [row | {"completable": ASKED[row["code"]]} for row in _requirements() if row["code"] in ASKED]
    call = replace_requirements(call=call, rows=rows, two_envelopes=True, actor=stage.cast["officer"], now=stage.now)
    call = drafting.have_approved(stage, drafting.seat_committee(stage, call))
    call = drafting.publish(stage, call)
    stage.at("2020-02-20T10:00")
    stage.world = delivered
    return Scene(stage, Call.objects.get(pk=call.pk))


def _requirements() -> list[dict[str, object]]:
    return drafting.requirements_of(sheet("grenoble"))


def last_minute(scene: Scene, *, seconds: float) -> timedelta:
    """Set the clock to so many seconds before the deadline, and return by how much it is ahead of the machine's."""
    clock.set_to(scene.deadline - timedelta(seconds=seconds))
    return shift_now()


def shift_now() -> timedelta:
    """Return by how much the clock of the database is ahead of this machine's: the closest of a few looks."""
    looks = []
    for _ in range(9):
        before = time.time()
        told = clock.now().timestamp()
        after = time.time()
        looks.append((after - before, told - (before + after) / 2))
    return timedelta(seconds=min(looks)[1])


def opened(scene: Scene) -> Call:
    """Close the call by its clock and open its technical envelopes with a quorum of the holders' keys."""
    call = judging.close(scene.stage, scene.call)
    return judging.open_first(scene.stage, call)


def delivered() -> None:
    """Wait until the real worker has delivered everything that waits."""
    until = time.monotonic() + DELIVERY
    while left := OutboxMessage.objects.filter(done_at=None, dead_at=None).count():
        if time.monotonic() > until:
            raise NothingMoves(f"{left} messages are left after {DELIVERY:g} s")
        outbox.relay_quietly()
        time.sleep(0.2)
