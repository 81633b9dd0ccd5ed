"""Somebody with the database alters a stored header or stored pieces: that envelope stays closed, and no other one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from procurement.actions.open_technical import open_technical
from procurement.enums import EnvelopeKind
from procurement.models import Envelope, PieceRelease
from procurement.queries.papers.receipt import receipt_facts
from procurement.queries.pieces import header_of, to_open
from procurement.queries.resupply import missing_files
from procurement.sealing import Binding, Manifest, Unreadable, draft_key, make_code, seal_envelope
from procurement.sealing.header import FIELDS, checked
from tests.procurement.committees import World, closed_call, hand_over, in_session, kept
from tests.procurement.sealing.sealed import Holders
from tests.procurement.web.visits import Visit
from workflow import clock

pytestmark = pytest.mark.django_db
JUNK = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 9) | st.text("a+1", max_size=3),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text("ab", max_size=2), inner, max_size=2),
    max_leaves=4,
)
BINDING = Binding("CALL-1", "AP-1", "technical", 1)
HOLDERS = Holders(3, 2)
HEADER = seal_envelope(
    Manifest({}, ()), binding=BINDING, roster=HOLDERS.roster, lock_public=HOLDERS.lock_public,
    own_key=draft_key(make_code(), application="AP-1"),
).header  # fmt: skip
ALTERED: dict[str, Any] = {
    "without holders": lambda header: {k: v for k, v in header.items() if k != "holders"},
    "without subsets": lambda header: {k: v for k, v in header.items() if k != "subsets"},
    "holders without names": lambda header: header | {"holders": [{"fingerprint": "x"}]},
    "no object": lambda header: [1, 2],
    "a body that is text": lambda header: header | {"body": "gone"},
    "files that are a number": lambda header: header | {"files": 3},
    "another application": lambda header: header | {"application": "AP-OTHER"},
}


@pytest.fixture(scope="module")
def closed(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    yield from kept(django_db_blocker, lambda: closed_call(in_time=("ana", "ben")))


@pytest.fixture
def world(closed: World, db: None) -> World:
    return closed.again()


def alter(envelope: Envelope, header: Any) -> None:
    """Write another header, as somebody who switched the triggers off could."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("UPDATE procurement_envelope SET header = %s WHERE id = %s", [json.dumps(header), envelope.pk])
        cursor.execute("SET LOCAL session_replication_role = origin")


def of(world: World, who: str) -> Envelope:
    rows = Envelope.objects.select_related("submission", "application__call").exclude(submission=None)
    return rows.get(application=world.applications[who], kind="technical")


@pytest.mark.parametrize("way", ALTERED)
def test_an_altered_header_is_asked_of_no_holder_and_stops_nobody(world: World, way: str) -> None:
    session = in_session(world, "chair", "v2", releasing=False)
    hurt = of(world, "ana")
    alter(hurt, ALTERED[way](hurt.header))

    told = Visit(world["chair"], world.call).get("opening/pieces")
    assert told.status_code == 200
    assert [one["id"] for one in told.json()["envelopes"]] == [of(world, "ben").pk]
    hand_over(world, "chair", "v2")
    assert session.presences.filter(released_at=None).count() == 0
    open_technical(call=world.fresh(), actor=world["secretary"], now=clock.now())

    assert of(world, "ben").opened_at is not None
    left = of(world, "ana")
    assert left.opened_at is None
    assert left.unreadable["step"] == ("binding" if way == "another application" else "header")
    assert len(left.unreadable["found"]) == 64
    assert isinstance(missing_files(left.application), list)
    assert receipt_facts(left.submission, call=world.fresh()).number == left.submission.receipt_number  # type: ignore[union-attr]
    for page in ("opening/", "compliance/"):
        assert Visit(world["secretary"], world.call).get(page).status_code in (200, 404)


@pytest.mark.parametrize("junk", [[1], {"1+2": 3}, {"1+2": "no base64"}, "text"])
def test_altered_pieces_count_as_none(world: World, junk: Any) -> None:
    in_session(world, "chair", "v1", "v2")
    theirs = PieceRelease.objects.filter(envelope=of(world, "ana"), holder__member=world.seat("chair"))
    assert theirs.update(pieces=junk) == 1
    open_technical(call=world.fresh(), actor=world["secretary"], now=clock.now())

    assert of(world, "ana").opened_at is not None  # the two others are a quorum too
    assert of(world, "ben").opened_at is not None


@given(junk=JUNK, field=st.sampled_from(FIELDS))
def test_whatever_stands_in_a_header_it_is_read_or_named_unreadable(junk: Any, field: str) -> None:
    with suppress(Unreadable):
        found = checked(HEADER | {field: junk}, binding=BINDING)
        assert found[field] == junk
    with suppress(Unreadable):
        checked(junk, binding=BINDING)


def test_there_is_something_to_ask_of_the_holders(world: World) -> None:
    assert to_open(world.fresh(), EnvelopeKind.TECHNICAL).count() == 2
    assert all(header_of(one) == one.header for one in to_open(world.fresh(), EnvelopeKind.TECHNICAL))
