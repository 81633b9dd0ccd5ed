"""Keys of holders: made, confirmed with what only their private half finds, frozen at the publication."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from procurement.actions.confirm_key import confirm_key
from procurement.actions.publish_call import publish_call
from procurement.demo.keys import make_key, private_half
from procurement.models import KeyHolder, Paper
from procurement.queries.drills import new_drill, waiting_drill
from procurement.queries.roster import name_of, roster_of
from procurement.sealing.drill import answer_drill
from tests.procurement.actions.key_acts import codes, keep
from tests.procurement.drafts import acts_of, office, write_papers
from workflow import clock
from workflow.refusals import NotPermitted

pytestmark = pytest.mark.django_db


def test_a_key_is_confirmed_by_what_its_private_half_finds() -> None:
    world = office("seated")
    holder = world.seat("V1").key
    again = keep(world, "V1")

    assert (again.confirmed_at, again.fingerprint != holder.fingerprint) == (None, True)
    assert codes(lambda: confirm_key(holder=again, answer=bytes(32), actor=world.cast["V1"], now=clock.now())) == [
        "KEY-05"
    ]
    assert make_key(again, actor=world.cast["V1"], now=clock.now()).confirmed_at is not None
    assert acts_of(world.call)[-2:] == ["keep_key", "confirm_key"]


def test_the_answer_for_an_earlier_key_confirms_nothing() -> None:
    world = office("seated")
    holder = world.seat("V1").key
    private = private_half(holder)
    old = new_drill(holder, now=clock.now(), asked_by=None)
    answer = answer_drill(old.envelope, holder=name_of(holder), private=private, call=world.call.reference)
    kept = keep(world, "V1")

    assert codes(lambda: confirm_key(holder=kept, answer=answer, actor=world.cast["V1"], now=clock.now())) == ["KEY-05"]


def test_nobody_makes_or_confirms_the_key_of_another() -> None:
    world = office("seated")
    for who in ("V2", "officer", "secretary"):
        with pytest.raises(NotPermitted):
            keep(world, "V1", who=who)
        with pytest.raises(NotPermitted):
            confirm_key(holder=world.seat("V1").key, answer=b"", actor=world.cast[who], now=clock.now())


@pytest.mark.parametrize(
    ("public", "sealed"), [(bytes(32), {}), (b"short", {}), (None, {"more": "x"}), (None, {"salt": "x" * 5000})]
)
def test_what_is_no_key_is_refused(public: bytes | None, sealed: dict[str, Any]) -> None:
    assert codes(lambda: keep(office("seated"), "V1", public=public, **sealed)) == ["KEY-02"]


def test_two_holders_do_not_share_a_key() -> None:
    world = office("seated")

    assert codes(lambda: keep(world, "V1", public=bytes(world.seat("V2").key.public_key))) == ["KEY-03"]


def test_the_database_refuses_a_confirmation_without_a_key() -> None:
    world = office("seated")
    with pytest.raises(IntegrityError), transaction.atomic():
        KeyHolder.objects.filter(pk=world.seat("V1").key.pk).update(public_key=None)


def test_nothing_is_published_before_every_key_is_confirmed() -> None:
    world = office("approved")
    keep(world, "V1")

    def publish() -> Any:
        return publish_call(call=world.fresh(), actor=world.cast["officer"], now=clock.now())

    assert codes(publish) == ["PUB-19"]
    with pytest.raises(ValueError, match="V1"):
        roster_of(world.call)
    make_key(world.seat("V1").key, actor=world.cast["V1"], now=clock.now())
    assert codes(publish) == ["PUB-20"]  # the notice names the fingerprints: it is being written again
    write_papers()
    assert publish().state == "published"


def test_the_notice_has_the_fingerprints() -> None:
    world = office("approved")
    keys = world.call.papers.get().facts["keys"]

    assert {key["fingerprint"] for key in keys} == {key.fingerprint for key in roster_of(world.call).holders}


def test_the_publication_freezes_the_keys_and_that_of_the_lock() -> None:
    world = office("published")

    assert len(bytes(world.fresh().lock_public)) == 32
    assert codes(lambda: keep(world, "V1")) == ["KEY-01"]
    assert Paper.objects.filter(call=world.call, kind="notice").count() == 1


def test_without_the_lock_nothing_is_published(settings: Any) -> None:
    world = office("approved")
    settings.LOCK_URL = "http://127.0.0.1:1"

    assert codes(lambda: publish_call(call=world.call, actor=world.cast["officer"], now=clock.now())) == ["LCK-01"]
    assert (world.fresh().state, world.call.lock_public) == ("approved", None)


def test_a_seat_that_ends_takes_no_key_out_of_a_published_roster() -> None:
    world = office("published")
    before = roster_of(world.call)
    world.call.members.filter(label="V2").update(ended_at=clock.now())

    assert roster_of(world.fresh()) == before
    assert waiting_drill(KeyHolder.objects.get(member__label="V2")) is None
