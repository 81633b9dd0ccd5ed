"""Answers that hold for one page: asked once while it is drawn, forgotten with it. An act always asks again."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

T = TypeVar("T")
_ANSWERS: ContextVar[dict[Hashable, Any] | None] = ContextVar("answers", default=None)


@contextmanager
def asking_once() -> Iterator[None]:
    """Keep the answers of once() while this lasts; only for what changes nothing that is asked."""
    before = _ANSWERS.set({})
    try:
        yield
    finally:
        _ANSWERS.reset(before)


def once(question: Hashable, ask: Callable[[], T]) -> T:
    """Return the answer to a question, asked for the first time or, outside asking_once(), every time."""
    answers = _ANSWERS.get()
    if answers is None:
        return ask()
    if question not in answers:
        answers[question] = ask()
    return answers[question]
