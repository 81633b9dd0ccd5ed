"""The session of an opening: who starts it, who may be present, what counts in the quorum."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from procurement.actions.confirm_presence import confirm_presence
from procurement.actions.end_seat import end_seat
from procurement.actions.end_session import end_session
from procurement.actions.open_technical import open_technical
from procurement.actions.start_session import start_session
from procurement.enums import EnvelopeKind
from procurement.models import KeyHolder, OpeningSession, Presence
from tests.procurement.applying import DEADLINE
from tests.procurement.committees import World, closed_call, in_session, kept, staffed_call
from workflow import clock
from workflow.models import AuditEvent, OutboxMessage
from workflow.refusals import NotPermitted, Refused

pytestmark = pytest.mark.django_db
TECHNICAL = EnvelopeKind.TECHNICAL


@pytest.fixture(scope="module")
def closed(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    yield from kept(django_db_blocker, lambda: closed_call(in_time=("ana",)))


@pytest.fixture
def world(closed: World, db: None) -> World:
    return closed.again()


def refusal(act: Any, **facts: Any) -> list[str]:
    """Return the codes with which an act is refused."""
    with pytest.raises(Refused) as caught:
        act(now=clock.now(), **facts)
    return caught.value.codes


def test_the_secretary_starts_it_and_those_awaited_are_told(world: World) -> None:
    session = in_session(world)
    assert session.ended_at is None
    told = OutboxMessage.objects.filter(key__startswith="procurement.send_mail:opening_started:")
    assert {m.payload["user_id"] for m in told} == {world[w].pk for w in ("chair", "secretary", "v1", "v2", "observer")}


@pytest.mark.parametrize("who", ["chair", "v1", "observer", "officer", "approver", "authority", "auditor", "ana"])
def test_nobody_else_starts_it(world: World, who: str) -> None:
    with pytest.raises(NotPermitted):
        start_session(call=world.call, kind=TECHNICAL, actor=world[who], now=clock.now())
    assert not OpeningSession.objects.exists()
    event = AuditEvent.objects.get(act="start_session", scope=world.call.reference)
    assert (event.outcome, event.reasons) == ("refused", ["PERMISSION"])


def test_one_session_at_a_time(world: World) -> None:
    in_session(world)
    assert refusal(start_session, call=world.call, kind=TECHNICAL, actor=world["secretary"]) == ["OPN-13"]
    assert OpeningSession.objects.count() == 1


def test_a_financial_session_does_not_start_before_its_turn(world: World) -> None:
    codes = refusal(start_session, call=world.call, kind=EnvelopeKind.FINANCIAL, actor=world["secretary"])
    assert codes == ["OPN-12", "OPN-10"]


def test_no_session_before_the_deadline(db: None) -> None:
    world = staffed_call()
    clock.set_to(DEADLINE - timedelta(seconds=2))
    assert refusal(start_session, call=world.call, kind=TECHNICAL, actor=world["secretary"]) == ["OPN-01", "OPN-11"]


@pytest.mark.parametrize("who", ["v3", "officer", "approver", "authority", "auditor", "ana"])
def test_only_key_holders_and_observers_confirm_a_presence(world: World, who: str) -> None:
    session = in_session(world)
    with pytest.raises(NotPermitted):
        confirm_presence(session=session, actor=world[who], now=clock.now())
    assert not Presence.objects.exists()


def test_the_same_holder_twice_is_one_presence_and_one_event(world: World) -> None:
    session = in_session(world, "chair", "chair")
    assert Presence.objects.get(session=session).holds_key
    assert AuditEvent.objects.filter(act="confirm_presence", outcome="done").count() == 1
    assert "OPN-05" in refusal(open_technical, call=world.fresh(), actor=world["secretary"])


def test_an_observer_is_recorded_and_does_not_count(world: World) -> None:
    session = in_session(world, "chair", "observer")
    assert list(session.presences.values_list("member__seat", "holds_key")) == [("chair", True), ("observer", False)]
    assert refusal(open_technical, call=world.fresh(), actor=world["secretary"]) == ["OPN-05"]


def test_a_key_not_confirmed_does_not_count(world: World) -> None:
    KeyHolder.objects.filter(member=world.seat("v2")).update(confirmed_at=None)
    session = in_session(world)
    assert refusal(confirm_presence, session=session, actor=world["v2"]) == ["ATT-03"]


def test_a_seat_not_accepted_does_not_count(world: World) -> None:
    member = world.seat("v2")
    member.accepted_at = None
    member.save()
    session = in_session(world)
    assert refusal(confirm_presence, session=session, actor=world["v2"]) == ["ATT-02"]


def test_a_holder_whose_seat_ended_after_confirming_no_longer_counts(world: World) -> None:
    in_session(world, "chair", "v2")
    reason = "Left the partner organisation for another post."
    end_seat(member=world.seat("v2"), reason=reason, actor=world["officer"], now=clock.now())
    assert refusal(open_technical, call=world.fresh(), actor=world["secretary"]) == ["OPN-05"]


def test_a_session_that_ended_opens_nothing_and_the_next_starts_from_none(world: World) -> None:
    session = in_session(world, "chair", "v2")
    ended = end_session(session=session, actor=world["secretary"], now=clock.now(), remarks="V2 had to leave.")
    assert (ended.opened, ended.remarks) == (False, "V2 had to leave.")
    assert refusal(open_technical, call=world.fresh(), actor=world["secretary"]) == ["OPN-04", "OPN-05"]
    assert refusal(confirm_presence, session=session, actor=world["v1"]) == ["ATT-01"]
    assert refusal(end_session, session=session, actor=world["secretary"]) == ["ATT-01"]
    in_session(world, "v1")
    assert refusal(open_technical, call=world.fresh(), actor=world["secretary"]) == ["OPN-05"]


def test_only_the_secretary_ends_it(world: World) -> None:
    session = in_session(world)
    with pytest.raises(NotPermitted):
        end_session(session=session, actor=world["chair"], now=clock.now())
