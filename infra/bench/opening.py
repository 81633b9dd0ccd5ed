"""`python -m infra.bench opening`: what the opening of many envelopes takes. On an empty database of its own."""

from __future__ import annotations

import argparse
import uuid
from collections.abc import Callable, Iterator
from typing import Any

from infra.bench import machine
from infra.bench.surge import scene
from infra.bench.surge.drafts import prepared
from infra.bench.timing import took
from infra.local import say
from procurement.actions.confirm_presence import confirm_presence
from procurement.actions.open_technical import open_technical
from procurement.actions.start_session import start_session
from procurement.actions.submit_application import submit_application
from procurement.demo import judging
from procurement.demo.codes import unlocked
from procurement.enums import EnvelopeKind
from procurement.models import Call
from workflow import clock


def main(arguments: list[str]) -> None:
    """Open calls of the sizes asked for, and print what each step took."""
    parser = argparse.ArgumentParser(prog="python -m infra.bench opening", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[50, 500, 2000], help="applications in the call")
    parser.add_argument("--processes", type=int, default=2, help="that write the applications")
    asked = parser.parse_args(arguments)
    say.line(f"{machine.description()}; {machine.busy():.0%} of the processors in use before it begins")
    calls = [_filled(size, processes=asked.processes) for size in asked.sizes]
    say.line("\n| applications | step | on the clock | processor, the process | processor, its connection |")
    say.line("| --- | --- | --- | --- | --- |")
    for size, stage in zip(asked.sizes, calls, strict=True):
        for what, act in _ceremony(stage):
            spent = took(act)
            say.line(f"| {size} | {what} | {spent.clock:.1f} s | {spent.here:.1f} s | {spent.there:.1f} s |")


def _filled(size: int, *, processes: int) -> scene.Scene:
    """Return a call with so many applications submitted."""
    stage = scene.published(say=lambda text: None, reference=f"OPENING-{size}")
    stage.stage.world = lambda: None  # nothing is delivered: the mails are not what is measured
    prepared(stage.call.reference, size, processes=processes)
    for application in stage.call.applications.select_related("call", "user"):
        submit_application(
            application=unlocked(application), actor=application.user, now=clock.now(), idempotency_key=uuid.uuid4().hex
        )
    say.line(f"  {size} applications submitted")
    return stage


def _ceremony(filled: scene.Scene) -> Iterator[tuple[str, Callable[[], Any]]]:
    """Give the steps, each to be done before the next one is asked for."""
    stage, cast = filled.stage, filled.stage.cast
    call: Call = judging.close(stage, filled.call)
    now = stage.at("2020-03-13T10:00")
    session = start_session(call=call, kind=EnvelopeKind.TECHNICAL, actor=cast["secretary"], now=now)
    for key in ("chair", "V2"):
        confirm_presence(session=session, actor=cast[key], now=now)
    for number, key in enumerate(("chair", "V2"), start=1):
        yield f"holder {number}: pieces made and released", lambda key=key: judging.hand_over(stage, call, (key,))
    yield "the opening itself", lambda: open_technical(call=call, actor=cast["secretary"], now=clock.now())
