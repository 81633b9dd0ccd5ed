"""Documents of opened envelopes: to whom, how, and what the log keeps."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection

from procurement.actions.start_evaluation import start_evaluation
from procurement.models import Document, Requirement
from tests.procurement.committees import World, closed_call, kept
from tests.procurement.evaluations import call_in_check, find_compliant
from tests.procurement.web.visits import Visit
from workflow import clock, storage
from workflow.models import AuditEvent, StoredFile

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def checking(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    def build() -> World:
        return call_in_check(late=("lou",), withdrawn=("wim",))

    yield from kept(django_db_blocker, build)


@pytest.fixture
def world(checking: World, db: None) -> World:
    return checking.again()


def document(world: World, who: str, code: str = "A1") -> Document:
    return Document.objects.select_related("file").get(application=world.applications[who], requirement__code=code)


def forced(found: Document, **columns: Any) -> None:
    """Write columns that the database lets nobody change any more, as if the applicant had sent them so."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        Document.objects.filter(pk=found.pk).update(**columns)
        cursor.execute("SET LOCAL session_replication_role = origin")


def ask(world: World, who: str, found: Document, how: str = "") -> Any:
    return Visit(world[who], world.fresh()).get(f"documents/{found.file_id}/{how}")


def test_it_is_read_by_those_who_check_and_each_reading_is_noted(world: World) -> None:
    found = document(world, "ana")
    answer = ask(world, "secretary", found)
    assert answer.status_code == 200
    read, kept = b"".join(answer.streaming_content), storage.read(found.file)
    assert (len(read), hashlib.sha256(read).hexdigest()) == (found.size, found.sha256)
    assert read not in kept  # the store still holds it sealed
    event = AuditEvent.objects.get(act="read_document", subject_id=str(found.pk))
    assert (event.actor_id, event.scope) == (world["secretary"].pk, world.call.reference)


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("chair", 200), ("secretary", 200), ("auditor", 200), ("v1", 404), ("observer", 404),
        ("officer", 404), ("approver", 404), ("authority", 404), ("ana", 404), ("ben", 404),
    ],
)  # fmt: skip
def test_who_reads_in_the_compliance_check(world: World, who: str, status: int) -> None:
    assert ask(world, who, document(world, "ana")).status_code == status


@pytest.mark.parametrize(("who", "status"), [("v1", 200), ("observer", 404), ("officer", 404), ("chair", 200)])
def test_who_reads_in_the_evaluation(world: World, who: str, status: int) -> None:
    find_compliant(world, "ana", "ben")
    start_evaluation(call=world.fresh(), actor=world["chair"], now=clock.now())
    assert ask(world, who, document(world, "ana")).status_code == status


def test_personal_documents_are_not_for_evaluators(world: World) -> None:
    Requirement.objects.filter(call=world.call, code="A1").update(personal=True)
    find_compliant(world, "ana", "ben")
    start_evaluation(call=world.fresh(), actor=world["chair"], now=clock.now())
    assert ask(world, "v1", document(world, "ana")).status_code == 404
    assert ask(world, "chair", document(world, "ana")).status_code == 200


@pytest.mark.parametrize("who", ["lou", "wim"])
def test_late_and_withdrawn_stay_closed(world: World, who: str) -> None:
    for reader in ("chair", "secretary", "auditor"):
        assert ask(world, reader, document(world, who)).status_code == 404


def test_the_financial_envelope_stays_closed(world: World) -> None:
    found = document(world, "ana", "B1")
    for reader in ("chair", "secretary", "auditor"):
        assert ask(world, reader, found).status_code == 404


def test_before_the_opening_there_is_nothing(db: None) -> None:
    world = closed_call(in_time=("ana",))
    for reader in ("chair", "secretary", "auditor", "officer", "v1"):
        assert ask(world, reader, document(world, "ana")).status_code == 404
        assert ask(world, reader, document(world, "ana"), "file").status_code == 404


def test_another_call_s_address_does_not_help(world: World) -> None:
    other = call_in_check(in_time=("zoe",))
    found = document(other, "zoe")
    assert ask(world, "chair", found).status_code == 404
    assert ask(other, "chair", found).status_code == 200


@pytest.mark.parametrize(
    ("media_type", "how", "disposition", "sent_as"),
    [
        ("application/pdf", "", "inline", "application/pdf"),
        ("application/pdf", "file", "attachment", "application/pdf"),
        ("image/png", "", "inline", "image/png"),
        ("text/html", "", "attachment", "application/octet-stream"),
        ("image/svg+xml", "", "attachment", "application/octet-stream"),
        (
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "",
            "attachment",
            "application/octet-stream",
        ),
    ],
)
def test_no_browser_takes_it_for_a_page(
    world: World, media_type: str, how: str, disposition: str, sent_as: str
) -> None:
    found = document(world, "ana")
    forced(found, media_type=media_type, name='é "x" ../y.pdf')
    answer = ask(world, "secretary", found, how)
    assert answer["Content-Type"] == sent_as
    assert answer["Content-Disposition"].startswith(disposition)
    assert "filename*=utf-8''%C3%A9%20%22x%22%20.._y.pdf" in answer["Content-Disposition"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert answer["Cache-Control"] == "private, no-store"


def test_a_store_that_is_away_is_told_as_such(world: World) -> None:
    found = document(world, "ana")
    lost = StoredFile.objects.create(name="lost.pdf", media_type="application/pdf", size=9, sha256="0" * 64, parts=1)
    forced(found, file=lost)
    answer = ask(world, "secretary", document(world, "ana"))
    assert answer.status_code == 503
    assert "Nothing is lost" in answer.content.decode()
