"""Hints to the broker from a thread of their own: nobody who waits for a page waits for them, and many go as one."""

from __future__ import annotations

import threading
from collections.abc import Callable
from queue import SimpleQueue

PAUSE = 0.05  # seconds in which hints are gathered
AT_ONCE = 50


class Background:
    """Gathers numbers of messages and hands them over together; what cannot be handed over waits for the tick."""

    def __init__(self, hand_over: Callable[[list[int]], None]) -> None:
        self._hand_over = hand_over
        self._waiting: SimpleQueue[int] = SimpleQueue()
        self._starting = threading.Lock()
        self._thread: threading.Thread | None = None

    def __call__(self, keys: list[int]) -> None:
        """Take numbers; they are handed over within moments."""
        for key in keys:
            self._waiting.put(key)
        with self._starting:
            if self._thread is None or not self._thread.is_alive():  # none after a fork
                self._thread = threading.Thread(target=self._run, name="hints", daemon=True)
                self._thread.start()

    def _run(self) -> None:
        pause = threading.Event()
        while True:
            gathered = [self._waiting.get()]
            pause.wait(PAUSE)
            while not self._waiting.empty() and len(gathered) < AT_ONCE:
                gathered.append(self._waiting.get())
            self._hand_over(gathered)
