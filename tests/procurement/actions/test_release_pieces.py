"""Pieces of keys: who may release them and when, and which are not recorded."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from procurement.actions.release_pieces import release_pieces
from procurement.demo.keys import pieces_of
from procurement.enums import EnvelopeKind
from procurement.models import Envelope, PieceRelease
from procurement.queries.pieces import to_open
from tests.procurement.actions.releasing import codes, holder_of, open_now, opened
from tests.procurement.applying import DEADLINE
from tests.procurement.committees import World, closed_call, in_session, kept
from tests.procurement.keys import private_of
from workflow import clock
from workflow.models import AuditEvent
from workflow.refusals import NotPermitted

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def closed(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    yield from kept(django_db_blocker, lambda: closed_call(in_time=("ana", "ben"), late=("lou",), withdrawn=("wim",)))


@pytest.fixture
def world(closed: World, db: None) -> World:
    return closed.again()


def sent_by(world: World, who: str) -> dict[int, dict[str, str]]:
    """Return what the browser of a holder would send."""
    holder, sealed = holder_of(world, who), to_open(world.fresh(), EnvelopeKind.TECHNICAL)
    return {one.pk: pieces_of(one, holder, private_of(holder)) for one in sealed}


def release(world: World, who: str, pieces: Any) -> Any:
    return release_pieces(call=world.fresh(), pieces=pieces, actor=world[who], now=clock.now())


def test_a_release_before_the_deadline_is_refused_and_logged(world: World) -> None:
    pieces = sent_by(world, "chair")
    clock.set_to(DEADLINE - timedelta(seconds=1))

    assert codes(release, world, "chair", pieces)[0] == "REL-01"
    assert AuditEvent.objects.get(act="release_pieces", outcome="refused").reasons[0] == "REL-01"
    assert not PieceRelease.objects.exists()


def test_it_takes_a_session_a_presence_and_a_key(world: World) -> None:
    pieces = sent_by(world, "chair")
    assert codes(release, world, "chair", pieces) == ["REL-02", "REL-03"]
    in_session(world)
    assert codes(release, world, "chair", pieces) == ["REL-03"]
    for who in ("v3", "observer", "officer", "ana"):
        with pytest.raises(NotPermitted):
            release(world, who, pieces)


def test_pieces_that_are_not_those_that_were_sealed_are_not_recorded(world: World) -> None:
    in_session(world, "chair", "v2", releasing=False)
    right = sent_by(world, "chair")
    pk, of_one = next(iter(right.items()))
    subset = next(iter(of_one))
    forged = {pk: {**of_one, subset: b64encode(bytes(32)).decode()}}

    assert codes(release, world, "chair", forged) == ["REL-06"]
    assert codes(release, world, "chair", {pk: {**of_one, subset: "no base64"}}) == ["REL-06"]
    assert codes(release, world, "v2", right) == ["REL-06"]
    foreign = Envelope.objects.filter(kind="financial").exclude(header={})[0].pk
    assert codes(release, world, "chair", {foreign: of_one}) == ["REL-05"]
    assert not PieceRelease.objects.exists()


def test_a_release_is_complete_with_the_last_envelope_and_goes_on_where_it_stood(world: World) -> None:
    in_session(world, "chair", releasing=False)
    pieces = sorted(sent_by(world, "chair").items())

    assert release(world, "chair", dict(pieces[:1])).released_at is None
    assert release(world, "chair", dict(pieces)).released_at is not None
    assert PieceRelease.objects.count() == len(pieces) == 2
    assert AuditEvent.objects.filter(act="release_pieces", outcome="done").count() == 1


def test_an_envelope_that_holds_nothing_for_the_holders_keeps_no_other_closed(world: World) -> None:
    """Damaged in the database, or sealed so by an applicant's own browser: it must not stop the opening of everybody."""
    in_session(world, "chair", "v2", releasing=False)
    envelopes = to_open(world.fresh(), EnvelopeKind.TECHNICAL)
    empty = envelopes.get(application=world.applications["ana"]).pk
    for who in ("chair", "v2"):
        assert release(world, who, sent_by(world, who) | {empty: {}}).released_at is not None
    events = AuditEvent.objects.filter(act="release_pieces", outcome="done")
    assert [event.details["without_pieces"] for event in events] == [[empty], [empty]]

    assert codes(open_now, world) == ["OPN-17"]
    open_now(world, partly=True)
    assert opened(world) == {"ben"}
    assert Envelope.objects.get(pk=empty).unreadable["step"] == "pieces"
