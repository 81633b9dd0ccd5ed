"""A bounded closed loop: some clients on loopback, each asks again as soon as it was answered, until time or work is over."""

from __future__ import annotations

import http.client
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from infra.bench import machine
from infra.bench.web import Serving

HOST, PATIENCE = "127.0.0.1", 60.0
LONGEST = 60.0  # seconds: no measurement lasts longer, whatever was asked for


class WrongAnswer(RuntimeError):
    """The server answered something else than the page that is measured: the figures would mean nothing."""


@dataclass(frozen=True)
class Asked:
    """One request. `expected` is its status; a redirection is not followed."""

    method: str
    path: str
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    expected: int = 200


Unit = tuple[Asked, ...]  # what one act of a person asks for, in order: measured together


@dataclass(frozen=True)
class Measured:
    """How long each unit took, in seconds, and how long all of them together."""

    name: str
    durations: list[float]
    elapsed: float
    used: float = 0.0  # processor time of the web server

    @property
    def rate(self) -> float:
        """Return how many units were answered in a second."""
        return len(self.durations) / self.elapsed

    @property
    def cost(self) -> float:
        """Return the milliseconds of processor time that the web server used for a unit."""
        return 1000 * self.used / len(self.durations)

    def quantile(self, share: float) -> float:
        """Return the duration, in milliseconds, that this share of the units did not exceed."""
        ordered = sorted(self.durations)
        return 1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def measure(
    name: str,
    units: Iterator[Unit],
    *,
    serving: Serving,
    clients: int,
    seconds: float,
    warm: int = 8,
    say: Callable[[str], None],
) -> Measured:
    """Send the units from so many clients for so many seconds, or until none is left; the first `warm` are not counted.

    Refuses with the first answer that has another status than expected.
    """
    run = _Run(units, port=serving.port)
    run.clients(min(clients, warm) or 1, until=time.monotonic() + PATIENCE, most=warm)
    run.durations.clear()
    begun, used = time.monotonic(), machine.time_of(serving.pid)
    run.clients(clients, until=begun + min(seconds, LONGEST))
    elapsed = time.monotonic() - begun
    measured = Measured(name, run.durations, elapsed, machine.time_of(serving.pid) - used)
    say(f"  {name}: {measured.rate:.1f}/s, p50 {measured.quantile(0.5):.1f} ms, p99 {measured.quantile(0.99):.1f} ms")
    return measured


class _Run:
    """The clients of one measurement; they share the units, the durations and the first wrong answer."""

    def __init__(self, units: Iterator[Unit], *, port: int) -> None:
        self.units, self.port, self.durations = units, port, list[float]()
        self.lock, self.wrong = threading.Lock(), list[BaseException]()

    def clients(self, count: int, *, until: float, most: int | None = None) -> None:
        """Let so many clients ask until an instant, at most so many times together."""
        left = [most if most is not None else 10**9]
        threads = [threading.Thread(target=self._client, args=(until, left)) for _ in range(count)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        if self.wrong:
            raise self.wrong[0]

    def _client(self, until: float, left: list[int]) -> None:
        connection = http.client.HTTPConnection(HOST, self.port, timeout=PATIENCE)
        try:
            while time.monotonic() < until and not self.wrong and (unit := self._next(left)):
                begun = time.perf_counter()
                for asked in unit:
                    _send(connection, asked)
                self.durations.append(time.perf_counter() - begun)
        except BaseException as error:
            self.wrong.append(error)
        finally:
            connection.close()

    def _next(self, left: list[int]) -> Unit | None:
        with self.lock:
            left[0] -= 1
            return next(self.units, None) if left[0] >= 0 else None


def _send(connection: http.client.HTTPConnection, asked: Asked) -> None:
    connection.request(asked.method, asked.path, body=asked.body or None, headers=asked.headers)
    answer = connection.getresponse()
    read = answer.read()
    if answer.status != asked.expected:
        place = answer.headers.get("Location", "")
        raise WrongAnswer(
            f"{asked.method} {asked.path}: {answer.status} {place}\n{read[:600].decode(errors='replace')}"
        )
