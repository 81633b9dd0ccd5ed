"""Answers that hold for one page, and for nothing else."""

from __future__ import annotations

from workflow.once import asking_once, once


def test_outside_a_page_every_question_is_asked_again() -> None:
    asked: list[int] = []

    for number in (1, 2):
        once("who", lambda number=number: asked.append(number))

    assert asked == [1, 2]


def test_on_a_page_the_first_answer_holds_whatever_it_was() -> None:
    answers = iter([None, "another"])

    with asking_once():
        first = once("who", lambda: next(answers))
        assert once("who", lambda: next(answers)) is first is None
        assert once("where", lambda: next(answers)) == "another"


def test_the_next_page_knows_nothing() -> None:
    with asking_once():
        once("who", lambda: "the officer")
    with asking_once():
        assert once("who", lambda: "nobody any more") == "nobody any more"
    assert once("who", lambda: "again") == "again"
