"""The letters in pages: drafted, read one by one, approved, taken back, and sent."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from procurement.actions.send_letters import send_letters
from procurement.models import Letter
from tests.procurement.awards import GRENOBLE, decided, drafted, label, priced, ranked
from tests.procurement.committees import World, kept
from tests.procurement.web.award_pages import do, read, ready_to_report, see
from tests.procurement.web.visits import Visit
from workflow import clock, outbox
from workflow.models import OutboxMessage

pytestmark = pytest.mark.django_db
LETTERS_QUESTIONS = 20  # of the whole page, session, tabs and steps included


@pytest.fixture(scope="module")
def ready(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    yield from kept(django_db_blocker, ready_to_report)


@pytest.fixture
def world(ready: World, db: None) -> World:
    return ready.again()


def test_the_letters_are_drafted_read_approved_and_sent(world: World) -> None:
    decided(world)
    assert do(world, "officer", "letters/drafts").status_code == 302
    assert "5 letters, 0 read and approved" in read(world, "officer", "letters/")
    ben = label(world, "ben")
    page = read(world, "officer", f"letters/to/{ben}/")
    assert "Candidature non retenue" in page
    assert "The panel agreed on the mean of its members." in page
    hope = "We hope that you apply again."
    assert do(world, "officer", f"letters/to/{ben}/approval", note=hope).url.endswith(f"letters/to/{ben}/")
    shown = read(world, "officer", f"letters/to/{ben}/")  # words not yet seen in the letter are kept, not approved
    assert hope in shown
    assert "To read" in shown
    assert do(world, "officer", f"letters/to/{ben}/approval", note=f"{hope}\r\n").status_code == 302
    assert "Read and approved" in read(world, "officer", f"letters/to/{ben}/")
    for who in ("ana", "cora", "dan", "lou"):
        assert do(world, "officer", f"letters/to/{label(world, who)}/approval").status_code == 302
    check = read(world, "officer", "letters/sending/")
    assert "Who will be told" in check
    assert "10 full days" in check
    assert do(world, "officer", "letters/sending/").status_code == 302
    assert world.fresh().state == "standstill"
    assert "on its way" in read(world, "officer", "letters/")
    outbox.deliver_waiting()
    assert re.search(r"ben\d+@example\.org: left on ", read(world, "officer", "letters/"))


def test_sending_is_refused_with_the_labels_of_what_was_not_read(world: World) -> None:
    decided(world)
    do(world, "officer", "letters/drafts")
    said = read(world, "officer", "letters/sending/")
    assert "These letters have not been read and approved: E1, E2, E3, E4, E5." in said
    assert do(world, "officer", "letters/sending/").status_code == 409
    assert not OutboxMessage.objects.filter(scope=world.call.reference, payload__kind="letter").exists()


def test_letters_are_read_by_the_officer_the_authority_and_the_auditor(world: World) -> None:
    decided(world)
    drafted(world)
    path = f"letters/to/{label(world, 'ben')}/"
    for who in ("officer", "authority", "auditor"):
        assert see(world, who, "letters/").status_code == see(world, who, path).status_code == 200
    for who in ("chair", "v1", "observer", "approver", "ana"):
        assert see(world, who, "letters/").status_code == see(world, who, path).status_code == 404
    assert do(world, "authority", f"{path}draft").status_code == 403
    assert "Take back to change" not in read(world, "authority", path)


def test_a_letter_taken_back_can_be_changed(world: World) -> None:
    decided(world)
    drafted(world)
    path = f"letters/to/{label(world, 'ben')}/"
    refused = do(world, "officer", path, note="Too late.")
    assert (refused.status_code, "Too late." in refused.content.decode()) == (409, True)
    assert do(world, "officer", f"{path}draft").status_code == 302
    assert do(world, "officer", path, note="In time.").status_code == 302
    assert Letter.objects.get(application=world.applications["ben"]).note == "In time."


def test_the_list_of_letters_asks_as_much_for_one_as_for_five(world: World, db: None) -> None:
    counts = []
    for one in (priced({"ana": GRENOBLE["ana"]}), world):
        if one is not world:
            ranked(one)
        decided(one)
        drafted(one)
        send_letters(call=one.fresh(), actor=one["officer"], now=clock.now())
        visit = Visit(one["officer"], one.fresh())
        with CaptureQueriesContext(connection) as asked:
            assert visit.get("letters/").status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1] == LETTERS_QUESTIONS
