"""What people do whom a server fails: they ask the very same again, ever more slowly."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Iterator

from infra.bench.surge.wire import Answer, Line

PAUSE, LONGEST_PAUSE = 0.2, 2.0


def pauses() -> Iterator[float]:
    """Yield how long to wait after each failure."""
    pause = PAUSE
    while True:
        yield pause
        pause = min(2 * pause, LONGEST_PAUSE)


async def once(line: Line, sent: bytes, failures: Counter[str]) -> Answer | None:
    """Ask, and count a failure of the server or of the line; nothing is returned after one."""
    try:
        answer = await line.ask(sent)
    except OSError as error:
        failures[type(error).__name__] += 1
        return None
    if answer.status < 500:
        return answer
    failures[str(answer.status)] += 1
    return None


async def insist(line: Line, sent: bytes, *, failures: Counter[str], until: float) -> tuple[int, Answer | None]:
    """Ask until there is an answer, and return how often it took."""
    attempts = 0
    for pause in pauses():
        attempts += 1
        if answer := await once(line, sent, failures):
            return attempts, answer
        await asyncio.sleep(pause)
        if time.time() >= until:
            break
    return attempts, None
