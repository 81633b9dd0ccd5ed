"""`python -m infra.bench hostile`: how long it takes to look into each hostile file of the tests, and how much memory."""

from __future__ import annotations

import time
import tracemalloc

from infra.bench import machine
from infra.local import say
from workflow.contents.kinds import Content, look_at


def main(_arguments: list[str]) -> None:
    """Look into every file three times, keep the best time of each, and print the slowest of each family."""
    from tests.procurement.hostile.test_hostile_files import FAMILIES, verdict

    say.line(machine.description())
    say.line(
        "\n| family | files | refused | slowest refusal | slowest kept with a finding | most memory |\n| --- | --- | --- | --- | --- | --- |"
    )
    for family, (made, _least) in FAMILIES.items():
        shapes = list(made())
        times: dict[bool, list[float]] = {True: [], False: []}
        for shape in shapes:
            took, content = min((_timed(shape.content) for _ in range(3)), key=lambda found: found[0])
            refused = any(code.startswith("FIL-") for code in verdict(shape, content))
            times[refused].append(took * 1000)
        refusal, kept = (f"{max(times[key], default=0):.1f} ms" for key in (True, False))
        memory = max(_taken(shape.content) for shape in shapes) / 1e6
        say.line(f"| {family} | {len(shapes)} | {len(times[True])} | {refusal} | {kept} | {memory:.0f} MB |")


def _timed(content: bytes) -> tuple[float, Content]:
    begun = time.perf_counter()
    found = look_at(lambda start, length: content[start : start + length], size=len(content))
    return time.perf_counter() - begun, found


def _taken(content: bytes) -> int:
    tracemalloc.start()
    _timed(content)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return most
