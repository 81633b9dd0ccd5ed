"""Lost keys and damaged files: the applicant's own code opens the envelope, files given again are held to the receipt."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection

from procurement.actions.open_technical import open_technical
from procurement.actions.resupply import resupply_file, resupply_form, resupply_receipt, resupply_with_code
from procurement.demo.codes import unlocked
from procurement.models import Application, Document, Envelope, PieceRelease
from procurement.models.access import Locked
from procurement.queries.forms import forms_file, typed_in
from procurement.queries.receipts import signed, stored_receipt
from procurement.queries.resupply import formless, missing_files, unreadable
from procurement.queries.sealed_files import plain_parts, receive
from tests.procurement.applying import PDF
from tests.procurement.committees import World, closed_call, in_session, kept
from workflow import audit, clock
from workflow.models import OutboxMessage
from workflow.refusals import NotPermitted, Refused

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def closed(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    yield from kept(django_db_blocker, lambda: closed_call(in_time=("ana", "ben")))


@pytest.fixture
def world(closed: World, db: None) -> World:
    """A call whose session opened Ben's envelope and could not open Ana's: the keys of too many holders are lost."""
    world = closed.again()
    in_session(world, "chair", "v1")
    for release in PieceRelease.objects.filter(
        envelope__application=world.applications["ana"], holder__member=world.seat("v1")
    ):
        release.pieces = {subset: b64encode(bytes(32)).decode() for subset in release.pieces}
        release.save()
    world.call = open_technical(call=world.fresh(), actor=world["secretary"], now=clock.now(), partly=True)
    return world


def codes(act: Any, **how: Any) -> list[str]:
    with pytest.raises(Refused) as refusal:
        act(now=clock.now(), **how)
    return refusal.value.codes


def own(world: World, who: str = "ana") -> Any:
    return unlocked(world.application(who))


def envelope(world: World) -> Envelope:
    return Envelope.objects.get(application=world.applications["ana"], kind="technical", submission__isnull=False)


def damage(world: World) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(
            "UPDATE procurement_envelope SET sealed = set_byte(sealed, 99, 255 - get_byte(sealed, 99)) WHERE id = %s",
            [envelope(world).pk],
        )
        cursor.execute("SET LOCAL session_replication_role = origin")


def receipt(world: World, who: str = "ana") -> bytes:
    application = own(world, who)
    found = stored_receipt(application, application.submissions.get())
    assert found is not None
    return found


def test_the_applicant_is_told(world: World) -> None:
    told = OutboxMessage.objects.filter(payload__kind="unreadable")
    assert [one.payload["user_id"] for one in told] == [world["ana"].pk]
    assert len(unreadable(world.application("ana"))) == 1
    assert unreadable(world.application("ben")) == []


def test_the_access_code_opens_what_the_keys_could_not(world: World) -> None:
    assert resupply_with_code(application=own(world), actor=world["ana"], now=clock.now()) == 1
    opened = envelope(world)
    assert (opened.content["identity"]["name"], opened.unreadable) == ("Nadia Ferhat", {})
    document = opened.documents.get()
    assert b"".join(plain_parts(document, key=bytes(document.file_key or b""))).startswith(PDF)
    assert codes(resupply_with_code, application=own(world), actor=world["ana"]) == ["RSP-01"]
    assert OutboxMessage.objects.filter(task="procurement.check_files", key__endswith=f":{opened.pk}").count() == 1


def test_the_working_copy_stands_in_for_a_damaged_body_only_while_it_is_the_same(world: World) -> None:
    damage(world)
    assert resupply_with_code(application=own(world), actor=world["ana"], now=clock.now()) == 1
    assert envelope(world).content["identity"]["name"] == "Nadia Ferhat"


def test_without_the_code_and_for_others_nothing_opens(world: World) -> None:
    without_code = Application.objects.select_related("call").get(pk=world.applications["ana"].pk)
    with pytest.raises(Locked):
        resupply_with_code(application=without_code, actor=world["ana"], now=clock.now())
    for who in ("ben", "secretary", "officer"):
        with pytest.raises(NotPermitted):
            resupply_with_code(application=own(world), actor=world[who], now=clock.now())
    assert codes(resupply_with_code, application=own(world, "ben"), actor=world["ben"]) == ["RSP-01"]


def given(world: World, content: bytes) -> Any:
    (missing,) = missing_files(world.application("ana"))
    received = receive(world.application("ana"), missing.document.requirement, content, name="again.pdf")
    return {
        "application": world.application("ana"), "document": missing.document, "received": received, "actor": world["ana"]
    }  # fmt: skip


def sealed_file(world: World) -> bytes:
    """Return the bytes that the applicant has at home."""
    document = Document.objects.get(application=world.applications["ana"], requirement__envelope="technical")
    from procurement.models.working_copy import attached

    return b"".join(plain_parts(document, key=attached(own(world), document).told.key))


def test_files_given_again_are_held_to_the_commitments_of_the_receipt(world: World) -> None:
    damage(world)
    at_home, kept_receipt = sealed_file(world), receipt(world)
    assert codes(resupply_file, **given(world, at_home)) == ["RSP-04"]
    resupply_receipt(application=world.application("ana"), receipt=kept_receipt, actor=world["ana"], now=clock.now())
    assert codes(resupply_file, **given(world, at_home + b" ")) == ["RSP-05"]
    accepted = resupply_file(now=clock.now(), **given(world, at_home))

    assert envelope(world).opened_at is not None
    assert list(envelope(world).documents.all()) == [accepted]
    assert missing_files(world.application("ana")) == []
    assert b"".join(plain_parts(accepted, key=bytes(accepted.file_key or b""))) == at_home


def forms(world: World, who: str = "ana") -> bytes:
    """Return the file that the applicant took away: what was typed, and what proves it."""
    application = own(world, who)
    return forms_file(application.submissions.get(), typed_in(application, application.submissions.get()))


def give_receipt(world: World) -> None:
    receipt_now = receipt(world)
    resupply_receipt(application=world.application("ana"), receipt=receipt_now, actor=world["ana"], now=clock.now())


def test_what_was_typed_is_given_again_and_held_to_the_receipt(world: World) -> None:
    taken_away = forms(world)
    at_home = sealed_file(world)
    damage(world)
    assert codes(resupply_form, application=world.application("ana"), given=taken_away, actor=world["ana"]) == [
        "RSP-01"
    ]
    give_receipt(world)
    assert [one.pk for one in formless(world.application("ana"))] == [envelope(world).pk]
    altered = taken_away.replace(b"Nadia Ferhat", b"Nadia Other!")
    assert altered != taken_away
    for wrong in (altered, forms(world, "ben"), b"{}", b"[1]", b"\xff"):
        how: Any = {"application": world.application("ana"), "given": wrong, "actor": world["ana"]}
        assert codes(resupply_form, **how) == ["RSP-08"], wrong
    assert envelope(world).content == {}
    resupply_form(application=world.application("ana"), given=taken_away, actor=world["ana"], now=clock.now())
    assert envelope(world).content["identity"]["name"] == "Nadia Ferhat"
    assert (envelope(world).opened_at, formless(world.application("ana"))) == (None, [])  # a file is still missing
    resupply_file(now=clock.now(), **given(world, at_home))
    assert envelope(world).opened_at is not None
    assert envelope(world).content["identity"]["name"] == "Nadia Ferhat"


def test_what_was_typed_comes_before_the_last_file_by_the_applicant_alone(world: World) -> None:
    taken_away, at_home = forms(world), sealed_file(world)
    damage(world)
    give_receipt(world)
    with pytest.raises(NotPermitted):
        resupply_form(application=world.application("ana"), given=taken_away, actor=world["ben"], now=clock.now())
    resupply_file(now=clock.now(), **given(world, at_home))
    assert (envelope(world).opened_at is not None, envelope(world).content) == (True, {})
    again: Any = {"application": world.application("ana"), "given": taken_away, "actor": world["ana"]}
    assert codes(resupply_form, **again) == ["RSP-01"]


def test_a_receipt_of_before_asks_for_no_form(world: World) -> None:
    whole = json.loads(receipt(world))
    del whole["receipt"]["forms"]
    older = signed(whole["receipt"])
    resupply_receipt(application=world.application("ana"), receipt=older, actor=world["ana"], now=clock.now())
    assert formless(world.application("ana")) == []


@pytest.mark.parametrize("change", ["another", "altered", "unsigned", "nonsense", "empty"])
def test_another_receipt_is_refused(world: World, change: str) -> None:
    whole = json.loads(receipt(world))
    if change == "altered":
        whole["receipt"]["documents"][0]["salt"] = "00" * 32
    if change == "unsigned":
        whole["signature"]["value"] = b64encode(bytes(64)).decode()
    told = {"another": receipt(world, "ben"), "nonsense": b"[[[", "empty": b""}.get(change, json.dumps(whole).encode())

    assert codes(resupply_receipt, application=world.application("ana"), receipt=told, actor=world["ana"]) == ["RSP-03"]


def test_a_file_that_did_not_read_is_given_again_without_a_receipt(world: World) -> None:
    """The manifest is open and has the salts: only the file is asked for."""
    document = Document.objects.get(application=world.applications["ben"], requirement__envelope="technical")
    at_home = b"".join(plain_parts(document, key=bytes(document.file_key or b"")))
    Document.objects.filter(pk=document.pk).update(fault={"step": "missing"}, checked_at=clock.now())
    (missing,) = missing_files(world.application("ben"))
    received = receive(world.application("ben"), missing.document.requirement, at_home, name="again.pdf")
    accepted = resupply_file(
        application=world.application("ben"), document=document, received=received, actor=world["ben"], now=clock.now()
    )
    assert accepted.name == "file.pdf"
    assert missing_files(world.application("ben")) == []


def test_nothing_is_given_again_once_the_evaluation_begins(world: World) -> None:
    assert unreadable(own(world)), "there is something to give again"
    audit.record(world.call, "test", actor=None, now=clock.now(), source="opened", target="evaluation")
    world.call.hold()
    type(world.call).objects.filter(pk=world.call.pk).update(state="evaluation")
    assert codes(resupply_with_code, application=own(world), actor=world["ana"]) == ["RSP-06"]
    assert codes(resupply_receipt, application=own(world), receipt=b"{}", actor=world["ana"]) == ["RSP-06"]
    assert unreadable(own(world))
