"""What waits on whom around the openings and the compliance check."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import translation

from procurement.actions.start_compliance import start_compliance
from procurement.models import Call
from procurement.web.moves_opening import moves
from tests.procurement.committees import (
    COMMITTEE,
    OPENING,
    World,
    closed_call,
    declare,
    in_session,
    kept,
    opened_call,
    sign_report,
)
from tests.procurement.evaluations import find_compliant, technically_signed_call
from workflow import clock

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def closed(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    yield from kept(django_db_blocker, lambda: closed_call(in_time=("ana",)))


@pytest.fixture
def world(closed: World, db: None) -> World:
    return closed.again()


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


def waits(world: World, who: str) -> list[tuple[str, str]]:
    """Return (whom, what) of each move on this call; “me” where it waits on the one who looks."""
    address = f"/calls/{world.call.reference}/"
    found = [move for move in moves(world[who], clock.now()) if move.url.startswith(address)]
    return [("me" if move.mine else move.whom, move.title) for move in found]


def everybody(world: World) -> dict[str, list[tuple[str, str]]]:
    """Return what waits on each person of the call who has something to do or to wait for."""
    return {who: found for who in (*COMMITTEE, "officer", "authority", "auditor") if (found := waits(world, who))}


def test_the_secretary_begins_and_the_officer_waits(world: World) -> None:
    assert everybody(world) == {
        "secretary": [("me", "Start the opening session")],
        "officer": [("Secretary", "open the technical envelopes")],
    }


def test_a_running_session_waits_on_the_key_holders(world: World) -> None:
    in_session(world, "chair")
    confirm = ("me", "Confirm your presence at the opening")
    assert everybody(world) == {
        "secretary": [confirm, ("1 key holder", "release their pieces of the keys")],
        "v1": [confirm], "v2": [confirm], "observer": [confirm],
        "officer": [("Secretary", "open the technical envelopes")],
    }  # fmt: skip


def test_with_the_quorum_it_is_the_secretary_s_move(world: World) -> None:
    in_session(world, "chair", "secretary")
    assert waits(world, "secretary") == [("me", "Open the technical envelopes")]
    due = next(move.due for move in moves(world["secretary"], clock.now()) if move.mine)
    assert due == OPENING


def test_after_the_opening_everybody_declares_and_two_sign(db: None) -> None:
    world = opened_call(in_time=("ana",))
    declaration, signature = ("me", "Declare your impartiality"), ("me", "Sign the opening report")
    assert everybody(world) == {
        "chair": [declaration, signature], "secretary": [declaration, signature],
        "v1": [declaration], "v2": [declaration], "v3": [declaration], "observer": [declaration],
        "officer": [("Committee", "declare their impartiality and sign the report")],
    }  # fmt: skip
    declare(world, "chair")
    assert waits(world, "chair") == [("4 members", "declare their impartiality"), signature]
    declare(world, *COMMITTEE[1:])
    sign_report(world, "opening_report", "chair", "secretary")
    assert waits(world, "chair") == [("me", "Begin the compliance check")]
    world.call = start_compliance(call=world.fresh(), actor=world["chair"], now=clock.now())
    assert waits(world, "secretary") == [("me", "Check the documents")]
    find_compliant(world, "ana")
    assert waits(world, "secretary") == [("me", "Hand over to the evaluators")]


def test_the_second_opening_waits_on_the_secretary(db: None) -> None:
    world = technically_signed_call({"ana": 80})
    assert waits(world, "secretary") == [("me", "Start the opening session")]
    Call.objects.filter(pk=world.call.pk).update(two_envelopes=False)
    assert waits(world, "secretary") == []


def test_nothing_waits_on_a_member_who_left_or_has_not_accepted(world: World) -> None:
    in_session(world)
    member = world.seat("v2")
    member.accepted_at = None
    member.save()
    other = world.seat("v1")
    other.ended_at = clock.now()
    other.save()
    assert "v1" not in everybody(world)
    assert "v2" not in everybody(world)


def test_as_many_questions_for_one_call_as_for_three(world: World, django_assert_num_queries: Any) -> None:
    now = clock.now()
    with django_assert_num_queries(6):
        moves(world["secretary"], now)
    for _ in range(2):
        other = closed_call(in_time=())
        other.call.members.filter(user=other["secretary"]).update(user=world["secretary"])
    with django_assert_num_queries(6):
        assert len(moves(world["secretary"], now)) == 3
