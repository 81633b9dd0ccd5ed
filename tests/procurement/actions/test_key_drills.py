"""Test envelopes: who opens one shows a key, and too few of them near the deadline are said."""

from __future__ import annotations

from datetime import timedelta

import pytest

from procurement.actions.ask_drill import ask_drill, pass_drill
from procurement.demo.keys import private_half
from procurement.models import KeyDrill, KeyHolder
from procurement.queries.drills import green, waiting_drill
from procurement.queries.roster import name_of
from procurement.sealing.drill import answer_drill
from tests.procurement.actions.key_acts import codes
from tests.procurement.drafts import Office, office, told
from tests.procurement.web.visits import text_of, visit
from workflow import clock
from workflow.refusals import NotPermitted

pytestmark = pytest.mark.django_db


def answer(world: Office, label: str, content: bytes | None = None) -> KeyDrill:
    holder = KeyHolder.objects.select_related("call").get(member=world.seat(label))
    drill = waiting_drill(holder)
    assert drill is not None
    found = content or answer_drill(
        drill.envelope, holder=name_of(holder), private=private_half(holder), call=world.call.reference
    )
    return pass_drill(holder=holder, answer=found, actor=world.cast[label], now=clock.now())


def test_a_drill_shows_whose_key_opens() -> None:
    world = office("published")
    drills = ask_drill(call=world.call, actor=world.cast["officer"], now=clock.now())

    assert len(drills) == 4
    assert told("drill_asked") == {world.cast[who].email for who in ("chair", "secretary", "V1", "V2")}
    assert codes(lambda: answer(world, "V1", bytes(32))) == ["KEY-06"]
    assert answer(world, "V1").answered_at is not None
    assert [holder.member.label for holder in green(world.call)] == ["V1"]
    ask_drill(call=world.call, actor=world.cast["secretary"], now=clock.now())
    assert green(world.call) == []  # the newest drill counts


def test_a_drill_is_refused_outside_the_collection_and_to_others() -> None:
    draft = office("seated")
    assert codes(lambda: ask_drill(call=draft.call, actor=draft.cast["officer"], now=clock.now())) == ["KEY-12"]
    world = office("published", reference="OTHER-2")
    for who in ("V1", "chair", "approver"):
        with pytest.raises(NotPermitted):
            ask_drill(call=world.call, actor=world.cast[who], now=clock.now())
    assert world.call.deadline is not None
    clock.set_to(world.call.deadline + timedelta(seconds=1))
    assert codes(lambda: ask_drill(call=world.call, actor=world.cast["officer"], now=clock.now())) == ["KEY-12"]


def test_too_few_tried_keys_near_the_deadline_are_a_banner() -> None:
    world = office("published")
    page = visit(world).get("keys/")
    assert "Too few keys have been tried" not in text_of(page)
    assert world.call.deadline is not None
    clock.set_to(world.call.deadline - timedelta(days=6))
    assert "Too few keys have been tried" in text_of(visit(world).get("keys/"))
    assert "Key holders who opened the test envelope: 0. By now they should be 3." in text_of(visit(world).get("keys/"))
    assert "Too few keys have been tried" not in text_of(visit(world, "V1").get("keys/"))
    clock.set_to(world.call.deadline + timedelta(minutes=1))
    assert "Too few keys have been tried" not in text_of(visit(world).get("keys/"))
    clock.set_to(world.call.deadline - timedelta(days=6))
    assert visit(world, "secretary").post("keys/drill").status_code == 302
    for label in ("V1", "V2", "Chair"):
        holder = KeyHolder.objects.get(member__label=label, call=world.call)
        holder.drills.filter(answered_at=None).update(answered_at=clock.now())
    said = text_of(visit(world, "secretary").get("keys/"))
    assert "Too few keys have been tried" not in said
    assert "Test envelope opened on" in said
