"""The technical report on its page: what it waits for, written, signed, settled; and what the panel's pages cost."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from procurement.enums import PaperKind
from procurement.models import Paper
from tests.procurement.committees import VOTING, World, kept, sign_report, write_papers
from tests.procurement.panels import GOOD, POOR, agree, hear, report, score, scoring
from tests.procurement.web.panel_pages import REASON, agreed, disputed, see, send
from tests.procurement.web.visits import Visit, text_of

pytestmark = pytest.mark.django_db
CONSENSUS, INTERVIEWS, REPORT = 30, 20, 51  # questions to the database, whatever the number of applications


@pytest.fixture(scope="module")
def sharing(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    yield from kept(django_db_blocker, disputed)


@pytest.fixture
def world(sharing: World, db: None) -> World:
    return sharing.again()


def settled(world: World) -> World:
    """Hold Ana's interview and settle both: she has 87.33 and passes 75, Ben has 62."""
    hear(world, "ana")
    agree(world, "ana", {**GOOD, "C3": "8"}, reason=REASON)
    agree(world, "ben", POOR)
    return world


def test_the_report_waits_for_the_interviews_and_the_consensus(world: World) -> None:
    text = text_of(see(world, "chair", "technical-report/"))

    assert "The interviews are still to be held: who passes is known after them." in text
    assert "The interviews of this call have not been held." in text
    assert "The consensus is not settled for: E1, E2." in text
    assert send(world, "chair", "technical-report/writing").status_code == 409


def test_the_report_is_written_signed_and_the_marks_settled_from_the_page(world: World) -> None:
    settled(world)
    assert send(world, "secretary", "technical-report/writing").status_code == 302
    write_papers()
    text = text_of(see(world, "chair", "technical-report/"))
    assert "E1 Ana Applicant 87.33 Passes is opened at the second opening" in text
    assert "E2 Ben Applicant 62.00 Does not pass stays sealed for ever" in text
    assert "The technical report waits for the signature of: V1, V2, V3." in text
    assert send(world, "chair", "technical-report/settlement").status_code == 409

    paper = Paper.objects.filter(kind=PaperKind.TECHNICAL_REPORT).latest("number")
    for who in VOTING:
        assert send(world, who, f"papers/{paper.pk}/signature", dissent="").status_code == 302
    assert send(world, "chair", "technical-report/settlement").status_code == 302

    assert world.fresh().state == "technical_signed"
    after = text_of(see(world, "v1", "technical-report/"))
    assert "The technical marks are settled" in after
    assert "E2 Ben Applicant 62.00 Does not pass stays sealed for ever" in after


def test_nobody_else_writes_or_settles(world: World) -> None:
    settled(world)
    assert send(world, "v1", "technical-report/writing").status_code == 403
    report(world, *VOTING)

    assert send(world, "v1", "technical-report/settlement").status_code == 403
    assert send(world, "officer", "technical-report/settlement").status_code == 404
    assert world.fresh().state == "consensus"


def test_a_report_is_signed_with_a_dissent_that_is_shown(world: World) -> None:
    settled(world)
    report(world)
    paper = Paper.objects.filter(kind=PaperKind.TECHNICAL_REPORT).latest("number")
    send(world, "v1", f"papers/{paper.pk}/signature", dissent="I would have weighed the method more heavily.")

    assert "I would have weighed the method more heavily." in text_of(see(world, "chair", "technical-report/"))


def counted(world: World, path: str) -> int:
    visit = Visit(world["chair"], world.fresh())
    assert visit.get(path).status_code == 200
    with CaptureQueriesContext(connection) as asked:
        assert visit.get(path).status_code == 200
    return len(asked)


@pytest.mark.parametrize("applicants", [("ana",), ("ana", "ben", "cleo")])
def test_pages_ask_the_same_number_of_questions_for_one_and_for_three(applicants: tuple[str, ...]) -> None:
    world = score(scoring(*applicants, interview=True, rules={"shortlist_mark": "70"}))
    hear(world, *applicants)
    for applicant in applicants:
        agree(world, applicant, {**GOOD, "C3": "8"})
    report(world)
    sign_report(world, PaperKind.TECHNICAL_REPORT, *VOTING)

    assert counted(world, agreed(world)) == CONSENSUS
    assert counted(world, "interviews/") == INTERVIEWS
    assert counted(world, "technical-report/") == REPORT
