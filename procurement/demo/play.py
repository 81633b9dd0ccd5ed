"""The acts of the play in their order, each named by where it leaves the call."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from procurement.demo import applying, awarding, drafting, judging
from procurement.demo.stage import Stage
from procurement.models import Call


def _apply(stage: Stage, call: Call) -> Call:
    applying.apply(stage, call)
    return call


def _score_on_file(stage: Stage, call: Call) -> Call:
    return judging.mark(stage, call, "2020-03-20T17:00", "Chacun note seul ; la dernière signature partage les notes")


ACTS: list[tuple[str, Callable[[Stage, Any], Call]]] = [
    ("drafted", lambda stage, _call: drafting.write_draft(stage)),
    ("seated", drafting.seat_committee),
    ("approved", drafting.have_approved),
    ("published", drafting.publish),
    ("applied", _apply),
    ("closed", judging.close),
    ("opened", judging.open_first),
    ("declared", judging.declare),
    ("checked", judging.check),
    ("evaluation", judging.hand_out),
    ("marked", _score_on_file),
    ("interviewed", judging.interview),
    ("agreed", judging.agree),
    ("technical_signed", judging.report),
    ("financial_opened", judging.open_second),
    ("ranked", awarding.rank),
    ("award_proposed", awarding.propose),
    ("award_decided", awarding.decide),
    ("standstill", awarding.notify),
    ("awarded", awarding.finish_standstill),
    ("contracted", awarding.contract),
    ("archived", awarding.archive),
]
NAMES = [name for name, _act in ACTS]


def play(stage: Stage, *, until: str = "archived", call: Call | None = None, after: str = "") -> Call:
    """Play the acts up to and including one; go on after another with a call that is already there."""
    first = NAMES.index(after) + 1 if after else 0
    for name, act in ACTS[first:]:
        call = act(stage, call)
        if name == until:
            break
    assert call is not None
    return call
