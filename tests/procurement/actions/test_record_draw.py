"""A tie stops the award; a drawing of lots held by people resolves it, once it is recorded."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from procurement.actions.exclude_application import exclude_application
from procurement.actions.propose_award import propose_award
from procurement.actions.rank_applications import rank_again
from procurement.actions.record_draw import record_draw
from procurement.models import Call
from procurement.queries.run import read_run
from tests.procurement.awards import Bid, decided, label, priced, ranked, reported, touch
from tests.procurement.committees import World, kept
from workflow import clock
from workflow.refusals import NotPermitted, Refused

pytestmark = pytest.mark.django_db
HELD = "Two papers drawn from a hat by the secretary, before V1 and the observer."


@pytest.fixture(scope="module")
def opened(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    bids = {"ana": Bid(80, 10000), "ben": Bid(80, 10000), "cora": Bid(76, 11000)}
    yield from kept(django_db_blocker, lambda: priced(bids))


@pytest.fixture
def world(opened: World, db: None) -> World:
    world = opened.again()
    ranked(world)
    return world


def drawn(world: World, *who: str, actor: str = "chair", held: str = HELD) -> Any:
    order = [label(world, one) for one in who]
    return record_draw(call=world.fresh(), order=order, held=held, actor=world[actor], now=clock.now())


def test_a_tie_leaves_no_winner_and_stops_the_proposal(world: World) -> None:
    run = world.call.engine_runs.get()
    assert (run.result["winner"], run.result["ties"]) == (None, [[label(world, "ana"), label(world, "ben")]])
    reported(world)
    with pytest.raises(Refused) as refused:
        propose_award(call=world.fresh(), actor=world["chair"], now=clock.now())
    assert refused.value.codes == ["AWD-05"]


def test_a_recorded_drawing_resolves_it_and_is_part_of_the_digest(world: World) -> None:
    before = world.call.engine_runs.get()
    run = drawn(world, "ben", "ana")
    assert run.result["winner"] == label(world, "ben")
    assert [line["ref"] for line in run.result["ranking"]] == [label(world, who) for who in ("ben", "ana", "cora")]
    assert run.problem == before.problem
    assert (run.draws[0]["held"], run.draws[0]["by"]) == (HELD, world["chair"].pk)
    assert read_run(run).faithful
    touch(run, draws=[{**run.draws[0], "held": "Otherwise."}])
    assert not read_run(run).faithful


def test_the_award_goes_to_the_one_drawn_first(world: World) -> None:
    drawn(world, "ben", "ana")
    assert decided(world).application == world.application("ben")


def test_the_drawing_is_kept_by_the_runs_that_follow(world: World) -> None:
    drawn(world, "ben", "ana")
    again = rank_again(
        call=world.fresh(), reason="To see that it stays as drawn.", actor=world["chair"], now=clock.now()
    )
    assert again.result["winner"] == label(world, "ben")


def test_it_decides_nothing_once_there_is_no_tie(world: World) -> None:
    drawn(world, "ben", "ana")
    exclude_application(
        application=world.application("ben"),
        reason="Ben stepped back in writing.",
        actor=world["chair"],
        now=clock.now(),
    )
    run = world.fresh().engine_runs.latest("number")
    assert (run.result["winner"], run.result["ties"]) == (label(world, "ana"), [])


@pytest.mark.parametrize("order", [("ana",), ("ana", "cora"), ("ana", "ben", "cora"), ("ana", "ana")])
def test_an_order_that_is_not_exactly_the_tie_is_refused(world: World, order: tuple[str, ...]) -> None:
    with pytest.raises(Refused) as refused:
        drawn(world, *order)
    assert refused.value.codes == ["DRW-03"]
    assert world.call.engine_runs.count() == 1


def test_how_it_was_held_must_be_said(world: World) -> None:
    with pytest.raises(Refused) as refused:
        drawn(world, "ana", "ben", held="by hand")
    assert refused.value.codes == ["RSN-01"]


def test_rules_that_declare_no_drawing_allow_none(world: World) -> None:
    call = world.fresh()
    Call.objects.filter(pk=call.pk).update(rules=call.rules | {"tie_break": ["technical"]})
    with pytest.raises(Refused) as refused:
        drawn(world, "ana", "ben")
    assert refused.value.codes == ["DRW-02"]


def test_only_the_leaders_record_it(world: World) -> None:
    for who in ("officer", "authority", "v1", "auditor"):
        with pytest.raises(NotPermitted):
            drawn(world, "ana", "ben", actor=who)


def test_nothing_is_drawn_once_the_award_is_proposed(world: World) -> None:
    drawn(world, "ben", "ana")
    reported(world)
    propose_award(call=world.fresh(), actor=world["chair"], now=clock.now())
    with pytest.raises(Refused) as refused:
        drawn(world, "ana", "ben")
    assert "DRW-01" in refused.value.codes
