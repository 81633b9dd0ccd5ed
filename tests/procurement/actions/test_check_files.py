"""After the opening every file is read whole: what does not read is named with its proof, and loses nothing else."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages

from procurement.actions.check_files import check_files
from procurement.actions.open_technical import open_technical
from procurement.models import Document, OpeningSession, Paper
from procurement.queries.unsealed import at_fault, progress
from procurement.sealing import PartContext, seal_part
from tests.procurement.committees import World, closed_call, in_session, kept
from tests.store_away import store_away
from workflow import clock
from workflow.models import AuditEvent, OutboxMessage
from workflow.storage import StoreAway

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def closed(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    yield from kept(django_db_blocker, lambda: closed_call(in_time=("ana", "ben")))


@pytest.fixture
def world(closed: World, db: None) -> Iterator[World]:
    """A call whose envelopes are open and whose files wait to be read; the store is left as it was."""
    world = closed.again()
    in_session(world, "chair", "v2")
    open_technical(call=world.fresh(), actor=world["secretary"], now=clock.now())
    name, before = part_of(document_of(world, "ana")), stored(document_of(world, "ana"))
    yield world
    put(name, before)


def document_of(world: World, who: str) -> Document:
    return Document.objects.select_related("file").get(
        application=world.applications[who], requirement__envelope="technical"
    )


def part_of(document: Document) -> str:
    return f"files/{document.file_id.hex[:2]}/{document.file_id.hex}/00000"


def stored(document: Document) -> bytes:
    with storages["default"].open(part_of(document), "rb") as part:
        return bytes(part.read())


def put(name: str, content: bytes) -> None:
    storages["default"].delete(name)
    storages["default"].save(name, ContentFile(content))


def check(world: World) -> int:
    session = OpeningSession.objects.select_related("call").get(call=world.call)
    return check_files(session=session, after=0, now=clock.now())


def fault(world: World, who: str) -> dict[str, Any]:
    return dict(document_of(world, who).fault)


def test_whole_files_pass_and_the_page_knows_how_far_it_is(world: World) -> None:
    before = progress(world.call, "technical")
    assert (before.checked, before.files, before.done) == (0, 2, False)
    assert OutboxMessage.objects.filter(task="procurement.check_files").count() == 1
    assert check(world) == 0
    after = progress(world.call, "technical")
    assert (after.checked, after.done, at_fault(world.call, "technical").exists()) == (2, True, False)
    assert Paper.objects.filter(call=world.call, kind="opening_report").count() == 1


def test_an_altered_part_is_named_and_the_report_is_written_again(world: World) -> None:
    content = bytearray(stored(document_of(world, "ana")))
    content[len(content) // 2] ^= 1
    put(part_of(document_of(world, "ana")), bytes(content))

    assert check(world) == 1
    assert fault(world, "ana")["step"] in {"part", "stored"}
    assert fault(world, "ana")["promised"]
    assert fault(world, "ben") == {}
    reports = Paper.objects.filter(call=world.call, kind="opening_report").order_by("number")
    assert [paper.number for paper in reports] == [1, 2]
    assert "file.pdf" in str(reports[1].facts["incidents"])
    assert AuditEvent.objects.filter(act="find_unreadable", scope=world.call.reference).count() == 1


def test_a_part_that_is_gone_is_named(world: World) -> None:
    storages["default"].delete(part_of(document_of(world, "ana")))

    assert check(world) == 1
    assert fault(world, "ana")["step"] == "missing"


def test_another_file_under_the_same_key_is_found_by_its_digest(world: World) -> None:
    document = document_of(world, "ana")
    call, application = world.call.reference, world.applications["ana"].reference
    context = PartContext(call, application, "technical", str(document.file_id), 0, True)
    forged = seal_part(b"another file", key=bytes(document.file_key or b""), context=context)
    put(part_of(document), forged)
    type(document.file).objects.filter(pk=document.file_id).update(
        sha256=hashlib.sha256(forged).hexdigest(), size=len(forged)
    )
    assert check(world) == 1
    assert fault(world, "ana")["step"] == "content"
    assert fault(world, "ana")["found"] != fault(world, "ana")["promised"]


def test_a_store_that_does_not_answer_is_asked_again(world: World, settings: Any) -> None:
    with store_away(settings, "refused"), pytest.raises(StoreAway):
        check(world)
    assert fault(world, "ana") == {}
