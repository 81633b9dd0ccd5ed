"""The desk of one evaluator as it is read: the grid, the documents, the list of readings, and what the pages ask."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.procurement.committees import World, kept
from tests.procurement.panels import fill, scoring, sheet_of, sign
from tests.procurement.web.desks import desk, read, save, with_documents
from tests.procurement.web.visits import Visit, text_of
from workflow.models import AuditEvent

pytestmark = pytest.mark.django_db
DESK, READINGS, PROGRESS = 25, 14, 29  # questions to the database, whatever the number of applications


@pytest.fixture(scope="module")
def at_work(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    yield from kept(django_db_blocker, with_documents)


@pytest.fixture
def world(at_work: World, db: None) -> World:
    return at_work.again()


def test_the_grid_shows_the_tree_the_levels_and_the_progress(world: World) -> None:
    fill(world, "v1", "ana", {"C1a": "7.5"})

    text = text_of(read(world))

    assert "E1 Ana Applicant" in text
    assert "application 1 of 2" in text
    assert "1 criterion marked of 3" in text
    assert "C1 About C1 / 25, minimum 10" in text
    assert "10 to 15 sources compared 0 to 9 sources named" in text
    assert "You alone see these marks" in text
    assert "These criteria have no mark: C1b, C2." in text


def test_a_document_is_shown_as_the_browser_can(world: World) -> None:
    framed = read(world).content.decode()
    file = sheet_of(world, "v1", "ana").application.documents.get(name="file.pdf", requirement__code="A1").file_id
    assert f'<iframe class="a-frame" src="/calls/{world.call.reference}/documents/{file}/' in framed

    word = read(world, query="?document=A1-2").content.decode()
    assert "Eighteen interviews are planned." in word
    assert "Method &lt;b&gt;and&lt;/b&gt; sources" in word
    assert AuditEvent.objects.filter(act="read_document", actor_id=world["v1"].pk).count() == 1


def test_personal_documents_are_not_for_evaluators(world: World) -> None:
    assert sheet_of(world, "v1", "ana").application.documents.filter(name="identity.pdf").exists()

    page = read(world, query="?document=A7").content.decode()

    assert "identity.pdf" not in page
    assert "Identity card" not in page


def test_an_evaluator_without_sheet_has_no_desk(world: World) -> None:
    sheet_of(world, "v1", "ana").delete()

    assert read(world).status_code == 404
    assert save(world, C1a="8").status_code == 404


def counted(world: World, who: str, path: str) -> int:
    visit = Visit(world[who], world.fresh())
    assert visit.get(path).status_code == 200
    with CaptureQueriesContext(connection) as asked:
        assert visit.get(path).status_code == 200
    return len(asked)


@pytest.mark.parametrize("applicants", [("ana",), ("ana", "ben", "cleo")])
def test_pages_ask_the_same_number_of_questions_for_one_and_for_three(applicants: tuple[str, ...]) -> None:
    world = scoring(*applicants)
    for applicant in applicants:
        fill(world, "v1", applicant, {"C1a": "8"})

    assert counted(world, "v1", "evaluation/") == READINGS
    assert counted(world, "chair", "evaluation/") == PROGRESS
    assert counted(world, "v1", desk(world)) == DESK


def test_the_list_of_readings_says_what_is_done(world: World) -> None:
    fill(world, "v1", "ana")
    sign(world, "v1", "ana")
    fill(world, "v1", "ben", {"C1a": "8"})

    text = text_of(Visit(world["v1"], world.fresh()).get("evaluation/"))

    assert "1 sheet signed of 2." in text
    assert "Read and mark E2" in text
    assert "1 of 3" in text
