"""Annex IV (e): “only authorised persons must give access to data transmitted and only after the prescribed date”."""

from __future__ import annotations

import pytest

from procurement.actions.open_financial import open_financial
from procurement.actions.open_technical import open_technical
from procurement.actions.start_session import start_session
from procurement.enums import EnvelopeKind
from procurement.models import Envelope
from tests.annex_iv.attempts import EVERYBODY, refused
from tests.procurement.applying import AFTER
from tests.procurement.committees import World, closed_call, in_session, staffed_call
from tests.procurement.evaluations import technically_signed_call
from workflow import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return closed_call(in_time=("ana",), late=("lea",))


def open_as(world: World, who: str) -> list[str]:
    return refused(open_technical, call=world.fresh(), actor=world[who], now=clock.now())


def test_nobody_but_the_secretary_opens_even_with_the_quorum_present(world: World) -> None:
    in_session(world, "chair", "v2")
    for who in EVERYBODY:
        if who != "secretary":
            assert open_as(world, who) == ["PERMISSION"], who
    assert not Envelope.objects.filter(opened_at__isnull=False).exists()


def test_the_secretary_does_not_open_alone_nor_with_one_holder(world: World) -> None:
    in_session(world, "chair")
    assert open_as(world, "secretary") == ["OPN-05"]


def test_after_the_deadline_and_before_the_prescribed_hour_nothing_opens(world: World) -> None:
    in_session(world, "chair", "v2")
    clock.set_to(AFTER)
    assert "OPN-02" in open_as(world, "secretary")


def test_before_the_deadline_there_is_not_even_a_session() -> None:
    early = staffed_call()
    assert (
        refused(start_session, call=early.call, kind=EnvelopeKind.TECHNICAL, actor=early["secretary"], now=clock.now())[
            0
        ]
        == "OPN-01"
    )


def test_a_late_one_stays_closed_when_the_others_open(world: World) -> None:
    in_session(world, "chair", "v2")
    open_technical(call=world.fresh(), actor=world["secretary"], now=clock.now())
    opened = Envelope.objects.filter(opened_at__isnull=False)
    assert {one.application_id for one in opened} == {world.applications["ana"].pk}
    assert {one.kind for one in opened} == {"technical"}


def test_prices_open_in_a_ceremony_of_their_own_above_the_threshold_only() -> None:
    world = technically_signed_call({"ana": 90, "ben": 20})
    assert "OPN-08" in refused(open_financial, call=world.fresh(), actor=world["secretary"], now=clock.now())
    in_session(world, "v1", "v2", kind=EnvelopeKind.FINANCIAL)
    open_financial(call=world.fresh(), actor=world["secretary"], now=clock.now())
    opened = Envelope.objects.filter(kind="financial", opened_at__isnull=False)
    assert {one.application_id for one in opened} == {world.applications["ana"].pk}
