"""Directive 2014/24/EU, Annex IV (c): “only authorised persons may set or change the dates for opening data received”."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from procurement.actions.change_draft import change_draft
from procurement.actions.extend_deadline import extend_deadline, propose_extension
from procurement.actions.publish_call import publish_call
from procurement.actions.suspend_call import resume_call, suspend_call
from procurement.models import Call
from tests.annex_iv.attempts import EVERYBODY, refused
from tests.procurement.applying import DEADLINE
from tests.procurement.committees import World, staffed_call
from tests.procurement.drafts import office
from tests.procurement.incidents import fault, measured
from workflow import clock

pytestmark = pytest.mark.django_db
REASON = "Le service n’a pas répondu pendant une heure."


@pytest.fixture
def world() -> World:
    made = staffed_call()
    fault(since=DEADLINE - timedelta(hours=1))
    clock.set_to(DEADLINE - timedelta(minutes=10))
    measured(until=clock.now())
    return made


def test_the_officer_sets_the_dates_of_a_draft_and_nobody_else() -> None:
    desk = office("seated")
    values = {"opening_at": desk.call.opening_at + timedelta(days=1)}
    for who in ("approver", "authority", "auditor", "chair", "secretary", "V1"):
        assert refused(
            change_draft, call=desk.fresh(), part="timeline", values=values, actor=desk.cast[who], now=clock.now()
        ) == ["PERMISSION"], who


def test_once_it_is_published_the_officer_does_not_change_the_dates_either(world: World) -> None:
    values = {"opening_at": DEADLINE, "deadline": DEADLINE - timedelta(days=1)}
    assert "PERMISSION" not in refused(
        change_draft, call=world.fresh(), part="timeline", values=values, actor=world["officer"], now=clock.now()
    )
    assert world.fresh().deadline == DEADLINE


def test_a_deadline_moves_by_two_and_by_those_two_roles_alone(world: World) -> None:
    later = DEADLINE + timedelta(hours=3)
    for who in EVERYBODY[1:]:
        assert refused(
            propose_extension, call=world.fresh(), new_deadline=later, reason=REASON, actor=world[who], now=clock.now()
        ) == ["PERMISSION"], who
    propose_extension(call=world.fresh(), new_deadline=later, reason=REASON, actor=world["officer"], now=clock.now())
    for who in EVERYBODY:
        if who != "approver":
            assert refused(extend_deadline, call=world.fresh(), actor=world[who], now=clock.now()) == ["PERMISSION"], (
                who
            )
    assert world.fresh().deadline == DEADLINE
    assert extend_deadline(call=world.fresh(), actor=world["approver"], now=clock.now()).deadline == later


def test_no_date_moves_earlier_after_a_suspension(world: World) -> None:
    suspend_call(call=world.fresh(), reason=REASON, actor=world["approver"], now=clock.now())
    for who in EVERYBODY:
        new = DEADLINE + timedelta(days=-1 if who == "approver" else 1)
        codes = refused(
            resume_call, call=world.fresh(), new_deadline=new, reason=REASON, actor=world[who], now=clock.now()
        )
        assert codes == ["PUB-23" if who == "approver" else "PERMISSION"], who
    assert Call.objects.get(pk=world.call.pk).deadline == DEADLINE


def test_nor_does_one_by_hand_in_the_database(world: World) -> None:
    world.call.hold()
    with pytest.raises(IntegrityError, match="only moves later"), transaction.atomic():
        Call.objects.filter(pk=world.call.pk).update(deadline=DEADLINE - timedelta(seconds=1))


def test_nobody_but_the_officer_and_the_clock_publish_the_dates() -> None:
    desk = office("approved")
    for who in ("approver", "authority", "auditor", "chair", "secretary", "V1"):
        assert refused(publish_call, call=desk.fresh(), actor=desk.cast[who], now=clock.now()) == ["PERMISSION"], who
