"""Hints from a thread of their own: gathered, none forgotten, and nobody waits for the broker."""

from __future__ import annotations

import threading
from queue import SimpleQueue

from workflow.background import AT_ONCE, Background

PATIENCE = 20.0  # seconds, of a test that would fail


def test_every_key_is_handed_over_and_many_go_together() -> None:
    heard: SimpleQueue[list[int]] = SimpleQueue()
    hand_over = Background(heard.put)
    keys = list(range(3 * AT_ONCE + 1))

    hand_over(keys)

    found: list[int] = []
    groups = 0
    while len(found) < len(keys):
        group = heard.get(timeout=PATIENCE)
        assert 0 < len(group) <= AT_ONCE
        found, groups = found + group, groups + 1
    assert found == keys
    assert groups < len(keys)


def test_whoever_posts_does_not_wait_for_a_broker_that_does_not_answer() -> None:
    answers, asked = threading.Event(), threading.Event()

    def slow(_keys: list[int]) -> None:
        asked.set()
        answers.wait(PATIENCE)

    hand_over = Background(slow)
    hand_over([1])
    assert asked.wait(PATIENCE)
    hand_over([2])  # comes back while the first is under way
    assert not answers.is_set()
    answers.set()
