"""What the quorum and the lock make of released pieces: what opens, what stays closed, and what is left when something is wrong."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from typing import Any

import pytest

from procurement import server_lock
from procurement.actions.open_financial import open_financial
from procurement.enums import EnvelopeKind
from procurement.models import Document, Envelope, LockRelease, OpeningSession, PieceRelease
from procurement.queries.pieces import to_open
from tests.procurement.actions.releasing import codes, holder_of, open_now, opened
from tests.procurement.committees import World, closed_call, hand_over, in_session, kept
from tests.procurement.evaluations import technically_signed_call
from workflow import audit, clock

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def closed(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    yield from kept(django_db_blocker, lambda: closed_call(in_time=("ana", "ben"), late=("lou",), withdrawn=("wim",)))


@pytest.fixture
def world(closed: World, db: None) -> World:
    return closed.again()


def test_one_holder_less_than_the_quorum_opens_nothing(world: World) -> None:
    session = in_session(world, "chair", "v2", releasing=False)
    hand_over(world, "chair")

    assert codes(open_now, world) == ["OPN-15"]
    assert server_lock.release(session=session.pk).against == ["LCK-05"]
    assert opened(world) == set()


def test_the_quorum_and_the_lock_open_what_counts_and_forget_the_pieces(world: World) -> None:
    session = in_session(world, "chair", "v2")
    open_now(world)

    assert opened(world) == {"ana", "ben"}
    assert not PieceRelease.objects.exists()
    counted = LockRelease.objects.get(session_id=session.pk)
    assert (len(counted.envelopes), counted.refused.keys() > set()) == (2, True)  # the late and the withdrawn one
    envelope = Envelope.objects.get(application=world.applications["ana"], kind="technical", opened_at__isnull=False)
    assert envelope.content["identity"]["name"] == "Nadia Ferhat"
    document = Document.objects.get(envelopes=envelope)
    assert (document.name, len(bytes(document.file_key))) == ("file.pdf", 32)
    assert {line["envelope"] for line in envelope.submission.manifest} == {"technical"}


def test_the_lock_keeps_closed_what_is_late_withdrawn_or_replaced(world: World) -> None:
    session = in_session(world, "chair", "v2")
    answer = server_lock.release(session=session.pk)
    applications = {
        pk: Envelope.objects.get(pk=pk).application_id for pk in answer.parts
    }  # fmt: skip

    assert set(applications.values()) == {world.applications["ana"].pk, world.applications["ben"].pk}
    kept_closed = {Envelope.objects.get(pk=pk).application_id: code for pk, code in answer.refused.items()}
    assert kept_closed[world.applications["lou"].pk][0] == "LCK-08"
    assert kept_closed[world.applications["wim"].pk][0] == "LCK-07"


def test_a_lock_that_is_away_makes_the_opening_wait_and_loses_nothing(world: World, settings: Any) -> None:
    """F26."""
    in_session(world, "chair", "v2")
    settings.LOCK_URL = "http://127.0.0.1:1"
    assert codes(open_now, world) == ["LCK-01"]
    assert (world.fresh().state, opened(world), PieceRelease.objects.count()) == ("closed", set(), 4)

    settings.LOCK_URL = "inside:"
    open_now(world)
    assert opened(world) == {"ana", "ben"}


def tamper(world: World, who: str, *holders: str) -> None:
    """Alter the pieces that holders released for one applicant's envelope, as somebody with the database could."""
    for release_row in PieceRelease.objects.filter(
        envelope__application=world.applications[who], holder__member__in=[world.seat(one) for one in holders]
    ):
        release_row.pieces = {subset: b64encode(bytes(32)).decode() for subset in release_row.pieces}
        release_row.save()


def test_a_wrong_piece_is_pinned_to_its_holder_and_another_subset_opens(world: World) -> None:
    """F27."""
    session = in_session(world, "chair", "v1", "v2")
    tamper(world, "ana", "v1")
    open_now(world)

    assert opened(world) == {"ana", "ben"}
    assert OpeningSession.objects.get(pk=session.pk).wrong_pieces == {str(world.seat("v1").pk): 1}


def test_with_a_wrong_piece_and_no_other_subset_the_others_still_open(world: World) -> None:
    session = in_session(world, "chair", "v1")
    tamper(world, "ana", "v1")

    assert codes(open_now, world) == ["OPN-17"]
    open_now(world, partly=True)

    assert opened(world) == {"ben"}
    left = Envelope.objects.get(application=world.applications["ana"], kind="technical", submission__isnull=False)
    assert left.unreadable["step"] == "pieces"
    assert {holder for holder, _subset in left.unreadable["wrong"]} == {str(world.seat("v1").pk)}
    assert OpeningSession.objects.get(pk=session.pk).wrong_pieces == {str(world.seat("v1").pk): 1}
    assert world.application("ana").state == "opened"


def test_an_altered_envelope_is_recorded_with_its_proof_and_the_others_open(world: World) -> None:
    from django.db import connection

    in_session(world, "chair", "v2")
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(
            "UPDATE procurement_envelope SET sealed = set_byte(sealed, 100, 255 - get_byte(sealed, 100)) "
            "WHERE application_id = %s AND kind = 'technical' AND submission_id IS NOT NULL",
            [world.applications["ana"].pk],
        )
        cursor.execute("SET LOCAL session_replication_role = origin")
    open_now(world)

    assert opened(world) == {"ben"}
    proof = Envelope.objects.get(application=world.applications["ana"], kind="technical", submission__isnull=False)
    assert proof.unreadable["step"] == "body"
    assert proof.unreadable["promised"] == proof.header["body"]["sha256"] != proof.unreadable["found"]


def test_a_forged_quorum_gets_nothing_from_the_lock(world: World) -> None:
    """Whoever writes releases into the database without the holders' keys: the lock computes, it does not believe."""
    session = in_session(world, "chair", "v2", releasing=False)
    for envelope in to_open(world.fresh(), EnvelopeKind.TECHNICAL):
        for who in ("chair", "v2"):
            PieceRelease.objects.create(
                session=session, holder=holder_of(world, who), envelope=envelope,
                pieces={s: b64encode(bytes(32)).decode() for s in envelope.header["subsets"]},
            )  # fmt: skip
    session.presences.update(released_at=clock.now())
    answer = server_lock.release(session=session.pk)

    assert answer.parts == {}
    assert all("LCK-11" in found for found in answer.refused.values())
    open_now(world, partly=True)
    assert opened(world) == set()


def test_a_forged_state_opens_no_price_before_the_technical_report(world: World) -> None:
    in_session(world, "chair", "v2")
    open_now(world)
    session = OpeningSession.objects.create(call=world.call, kind="financial", started_by=world["secretary"])
    session.presences.create(member=world.seat("chair"), holds_key=True, released_at=clock.now())
    session.presences.create(member=world.seat("v2"), holds_key=True, released_at=clock.now())

    assert server_lock.release(session=session.pk).against == ["LCK-04"]
    audit.record(world.call, "forged", actor=None, now=clock.now(), source="opened", target="technical_signed")
    world.call.hold()
    type(world.call).objects.filter(pk=world.call.pk).update(state="technical_signed")
    answer = server_lock.release(session=session.pk)
    assert (answer.parts, answer.against) == ({}, [])
    assert all("LCK-10" in found for found in answer.refused.values())


def test_prices_below_the_threshold_stay_closed_at_the_lock_too(db: None) -> None:
    world = technically_signed_call({"ana": 90, "ben": 40})
    session = in_session(world, "v1", "v2", kind=EnvelopeKind.FINANCIAL)
    answer = server_lock.release(session=session.pk)
    assert {Envelope.objects.get(pk=pk).application_id for pk in answer.parts} == {world.applications["ana"].pk}

    open_financial(call=world.fresh(), actor=world["secretary"], now=clock.now())
    prices = Envelope.objects.filter(kind="financial", opened_at__isnull=False, submission__isnull=False)
    assert [one.application_id for one in prices] == [world.applications["ana"].pk]
    assert prices[0].content["price"]["days"]
