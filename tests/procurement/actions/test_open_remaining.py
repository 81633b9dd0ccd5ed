"""After an opening: late applications by a decision of two, and envelopes that a first session could not open."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from procurement import server_lock
from procurement.actions.decide_late import ask_late_opening, decide_late
from procurement.actions.open_remaining import open_remaining
from procurement.actions.open_technical import open_technical
from procurement.enums import EnvelopeKind
from procurement.models import Envelope, KeyHolder, LateDecision, Paper, PieceRelease
from procurement.queries.applicants import arrivals
from procurement.queries.pieces import to_open
from procurement.queries.roster import roster_of
from tests.procurement.applying import complete_application, person, submit
from tests.procurement.committees import World, closed_call, hand_over, in_session, kept, staffed_call
from tests.procurement.keys import take_over
from workflow import clock
from workflow.refusals import NotPermitted, Refused

pytestmark = pytest.mark.django_db
REASON = "La plateforme était en panne pendant la dernière heure."


@pytest.fixture(scope="module")
def closed(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    yield from kept(django_db_blocker, lambda: closed_call(in_time=("ana", "ben"), late=("lou",)))


@pytest.fixture
def world(closed: World, db: None) -> World:
    return closed.again()


def codes(act: Any, **how: Any) -> list[str]:
    with pytest.raises(Refused) as refusal:
        act(now=clock.now(), **how)
    return refusal.value.codes


def open_first(world: World, *present: str, **how: Any) -> None:
    in_session(world, *present)
    world.call = open_technical(call=world.fresh(), actor=world["secretary"], now=clock.now(), **how)


def open_rest(world: World) -> None:
    open_remaining(call=world.fresh(), actor=world["secretary"], now=clock.now())


def ask(world: World, who: str = "officer") -> LateDecision:
    return ask_late_opening(application=world.application("lou"), reason=REASON, actor=world[who], now=clock.now())


def opened(world: World) -> set[str]:
    rows = Envelope.objects.filter(kind="technical", opened_at__isnull=False, application__call=world.call)
    return {who for who, one in world.applications.items() if one.pk in rows.values_list("application_id", flat=True)}


def test_two_persons_open_a_late_application_in_a_session_of_its_own(world: World) -> None:
    open_first(world, "chair", "v2")
    assert codes(open_remaining, call=world.call, actor=world["secretary"])[0] == "OPN-18"
    ask(world)
    decide_late(application=world.application("lou"), agreed=True, actor=world["approver"], now=clock.now())
    in_session(world, "v1", "v2")
    open_rest(world)

    assert opened(world) == {"ana", "ben", "lou"}
    assert world.application("lou").state == "opened"
    assert [one.application.label for one in arrivals(world["secretary"], call=world.call) if one.sealed] == []
    reports = Paper.objects.filter(call=world.call, kind="opening_report").order_by("number")
    assert [len(paper.facts["opened"]) for paper in reports] == [2, 3]
    price = Envelope.objects.get(application=world.applications["lou"], kind="financial", submission__isnull=False)
    assert price.opened_at is None


def test_one_person_alone_opens_nothing(world: World) -> None:
    assert codes(ask_late_opening, application=world.application("lou"), reason=REASON, actor=world["officer"]) == [
        "LAT-01"
    ]
    open_first(world, "chair", "v2")
    late = world.application("lou")
    assert codes(decide_late, application=late, agreed=True, actor=world["approver"]) == ["LAT-04"]
    assert codes(ask_late_opening, application=late, reason="court", actor=world["officer"]) == ["RSN-01"]
    assert codes(ask_late_opening, application=world.application("ana"), reason=REASON, actor=world["officer"]) == [
        "LAT-02"
    ]
    decision = ask(world)
    assert codes(decide_late, application=late, agreed=True, actor=world["officer"]) == ["LAT-06"]
    assert codes(ask_late_opening, application=late, reason=REASON, actor=world["approver"]) == ["LAT-03"]
    for who in ("secretary", "chair", "auditor"):
        with pytest.raises(NotPermitted):
            decide_late(application=late, agreed=True, actor=world[who], now=clock.now())
    assert codes(open_remaining, call=world.call, actor=world["secretary"])[0] == "OPN-18"
    with pytest.raises(IntegrityError), transaction.atomic():
        LateDecision.objects.filter(pk=decision.pk).update(decided_by=decision.asked_by, decided_at=clock.now())
    assert list(to_open(world.call, EnvelopeKind.TECHNICAL)) == []


def test_a_request_that_is_declined_leaves_it_closed(world: World) -> None:
    open_first(world, "chair", "v2")
    ask(world)
    assert (
        decide_late(application=world.application("lou"), agreed=False, actor=world["authority"], now=clock.now())
        is None
    )
    assert world.application("lou").state == "late"
    assert ask(world, "approver").decided_at is None  # it may be asked again


def test_the_lock_asks_for_two_whatever_django_says(world: World) -> None:
    open_first(world, "chair", "v2")
    ask(world)
    session = world.call.sessions.create(kind="technical", started_by=world["secretary"])
    for who in ("v1", "v2"):
        session.presences.create(member=world.seat(who), holds_key=True, released_at=clock.now())
    answer = server_lock.release(session=session.pk)
    assert answer.parts == {}
    assert all("LCK-08" in found for found in answer.refused.values())


def test_an_envelope_that_failed_opens_in_a_later_session_with_another_holder(world: World) -> None:
    in_session(world, "chair", "v1")
    for release in PieceRelease.objects.filter(
        envelope__application=world.applications["ana"], holder__member=world.seat("v1")
    ):
        release.pieces = {subset: b64encode(bytes(32)).decode() for subset in release.pieces}
        release.save()
    world.call = open_technical(call=world.fresh(), actor=world["secretary"], now=clock.now(), partly=True)
    assert opened(world) == {"ben"}

    in_session(world, "chair", "v2")
    open_rest(world)
    assert opened(world) == {"ana", "ben"}
    assert (
        Envelope.objects.filter(application=world.applications["ana"], kind="technical").exclude(unreadable={}).count()
        == 0
    )


def test_what_was_sealed_before_a_replacement_keeps_the_former_roster(db: None) -> None:
    world = staffed_call()
    before = {key.name for key in roster_of(world.call).holders}
    for who in ("ana", "ben"):
        world.people[who] = person(f"{who.title()} Applicant")
        world.applications[who] = complete_application(world.call, world[who])
    submit(world.applications["ana"], world["ana"])
    former = KeyHolder.objects.get(member=world.seat("v1"))
    take_over(former, world.seat("v3"), asked_by=world["officer"], decided_by=world["approver"])
    submit(world.applications["ben"], world["ben"])

    def roster(who: str) -> set[str]:
        sealed = Envelope.objects.filter(application=world.applications[who]).exclude(header={})[0]
        return {one["name"] for one in sealed.header["holders"]}

    assert roster("ana") == before
    assert roster("ben") == before - {str(world.seat("v1").pk)} | {str(world.seat("v3").pk)}


def test_the_new_holder_opens_only_what_came_after_the_replacement(db: None) -> None:
    from datetime import timedelta

    from procurement.actions.close_call import close_call
    from tests.procurement.applying import AFTER
    from tests.procurement.committees import OPENING

    world = staffed_call()
    for who in ("ana", "ben"):
        world.people[who] = person(f"{who.title()} Applicant")
        world.applications[who] = complete_application(world.call, world[who])
    submit(world.applications["ana"], world["ana"])
    former = KeyHolder.objects.get(member=world.seat("v1"))
    take_over(former, world.seat("v3"), asked_by=world["officer"], decided_by=world["approver"])
    submit(world.applications["ben"], world["ben"])
    clock.set_to(AFTER + timedelta(minutes=5))
    close_call(call=world.fresh(), actor=None, now=clock.now())
    clock.set_to(OPENING + timedelta(minutes=10))
    in_session(world, "v2", "v3", releasing=False)
    hand_over(world, "v2", "v3")

    assert codes(open_technical, call=world.fresh(), actor=world["secretary"]) == ["OPN-17"]
    world.call = open_technical(call=world.fresh(), actor=world["secretary"], now=clock.now(), partly=True)
    assert opened(world) == {"ben"}
    in_session(world, "v2", "v1")  # who was replaced still holds a key of the earlier ones
    open_rest(world)
    assert opened(world) == {"ana", "ben"}
