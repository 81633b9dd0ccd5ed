"""Whose move it is from the ranking to the archive."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.utils import translation

from procurement.actions.propose_award import propose_award
from procurement.actions.send_letters import send_letters
from procurement.actions.sign_paper import sign_paper
from procurement.actions.write_evaluation_report import write_evaluation_report
from procurement.enums import PaperKind
from procurement.web.moves_award import moves
from tests.procurement.awards import GRENOBLE, decided, drafted, priced, ranked, reported, write_reports
from tests.procurement.committees import World, kept
from workflow import clock

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def opened(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    yield from kept(django_db_blocker, lambda: priced({"ana": GRENOBLE["ana"], "ben": GRENOBLE["ben"]}))


@pytest.fixture
def world(opened: World, db: None) -> Iterator[World]:
    with translation.override("en"):
        yield opened.again()


def waits(world: World) -> dict[str, str]:
    """Return what waits on whom, by the person's own list."""
    found = {}
    for who in ("officer", "authority", "chair", "secretary", "v1", "observer", "auditor", "ana"):
        mine = [move.title for move in moves(world[who], clock.now()) if move.mine]
        if mine:
            found[who] = ", ".join(mine)
    return found


def test_each_step_waits_on_those_who_can_take_it(world: World) -> None:
    assert waits(world) == dict.fromkeys(("chair", "secretary"), "Rank the applications")
    ranked(world)
    assert waits(world) == dict.fromkeys(("chair", "secretary"), "Write the evaluation report")
    write_evaluation_report(call=world.fresh(), actor=world["chair"], now=clock.now())
    write_reports()
    assert waits(world) == {"chair": "Propose the award", "v1": "Sign the evaluation report"}


def test_who_signed_is_left_alone_until_a_new_report(world: World) -> None:
    ranked(world)
    write_evaluation_report(call=world.fresh(), actor=world["chair"], now=clock.now())
    write_reports()
    paper = world.fresh().papers.get(kind=PaperKind.EVALUATION_REPORT)
    sign_paper(paper=paper, actor=world["v1"], now=clock.now())
    assert "v1" not in waits(world)
    write_evaluation_report(call=world.fresh(), actor=world["chair"], now=clock.now())
    assert waits(world)["v1"] == "Sign the evaluation report"


def test_the_authority_then_the_officer_then_the_clock(world: World) -> None:
    ranked(world)
    reported(world)
    propose_award(call=world.fresh(), actor=world["chair"], now=clock.now())
    assert waits(world) == {"authority": "Decide the award"}
    (other,) = moves(world["officer"], clock.now())
    assert (other.mine, other.whom) == (False, "Authority")


def test_the_officer_writes_waits_and_closes(world: World) -> None:
    ranked(world)
    decided(world)
    assert waits(world) == {"officer": "Draft, read and send the letters"}
    drafted(world)
    until = send_letters(call=world.fresh(), actor=world["officer"], now=clock.now()).standstill_until
    assert waits(world) == {}
    (clocks,) = moves(world["officer"], clock.now())
    assert (clocks.due, clocks.mine) == (until, False)
    assert until is not None
    clock.set_to(until + timedelta(seconds=1))
    clock.tick()
    assert waits(world) == {"officer": "Record the contract"}


def test_the_list_asks_five_questions(world: World, django_assert_num_queries: Any) -> None:
    ranked(world)
    now = clock.now()
    with django_assert_num_queries(5):
        assert moves(world["chair"], now)
    with django_assert_num_queries(2):
        assert moves(world["ana"], now) == []
