"""Whose move it is on a panel, from the first reading to the technical report, without a mark in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from procurement.actions.hold_interviews import start_interviews
from procurement.web.moves_evaluation import moves
from tests.procurement.committees import VOTING, World, kept
from tests.procurement.panels import GOOD, agree, fill, hear, report, score, scoring, sign
from workflow import clock

pytestmark = pytest.mark.django_db
ASKED = 7  # questions to the database, whatever the number of applications


@pytest.fixture(scope="module")
def at_work(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    yield from kept(django_db_blocker, lambda: scoring(interview=True, rules={"shortlist_mark": "70"}))


@pytest.fixture
def world(at_work: World, db: None) -> Iterator[World]:
    with override("en"):
        yield at_work.again()


def waiting(world: World, who: str) -> list[tuple[str, str]]:
    """Return what waits on a person, or with whom it waits."""
    return [(one.title, "me" if one.mine else one.whom) for one in moves(world[who], clock.now())]


def test_sheets_to_sign(world: World) -> None:
    fill(world, "v1", "ana")
    sign(world, "v1", "ana")

    mine = moves(world["v1"], clock.now())
    assert [(one.title, one.detail.rpartition(". ")[2]) for one in mine] == [
        ("Read and mark the applications", "1 sheet to sign")
    ]
    assert mine[0].url == f"/calls/{world.call.reference}/evaluation/"
    for leader in ("chair", "secretary"):
        assert waiting(world, leader) == [("sign their score sheets", "V1, V2, V3")]
    assert waiting(world, "officer") == [("read and mark the applications", "Evaluators")]
    for nobody in ("observer", "ana", "authority"):
        assert waiting(world, nobody) == []


def test_a_panel_is_named_only_while_it_owes(world: World) -> None:
    score(world, of=("v1", "v3"))

    assert waiting(world, "chair") == [("sign their score sheets", "V2")]
    assert waiting(world, "v1") == []


def test_then_the_interviews(world: World) -> None:
    score(world)
    assert waiting(world, "chair") == [("Invite to the interviews", "me")]
    start_interviews(call=world.fresh(), actor=world["chair"], now=clock.now())

    assert waiting(world, "secretary") == [("Set the hours of the interviews", "me")]
    assert waiting(world, "v2") == [("Mark the interviews", "me")]
    assert waiting(world, "officer") == [("hold the interviews", "Committee")]


def test_then_the_consensus_and_the_report(world: World) -> None:
    score(world)
    hear(world, "ana", "ben")
    assert waiting(world, "chair") == [("Write and settle the consensus", "me")]
    assert waiting(world, "secretary") == [("write and settle the consensus", "Chair")]
    for applicant in ("ana", "ben"):
        agree(world, applicant, {**GOOD, "C3": "8"})
    assert waiting(world, "secretary") == [("Write the technical report", "me")]

    report(world, "v1")
    assert waiting(world, "v1") == []
    assert waiting(world, "v2") == [("Sign the technical report", "me")]
    assert waiting(world, "chair") == [("sign the technical report", "2 evaluators")]


def test_and_at_last_the_marks_are_settled(world: World) -> None:
    score(world)
    hear(world, "ana", "ben")
    for applicant in ("ana", "ben"):
        agree(world, applicant, {**GOOD, "C3": "8"})
    report(world, *VOTING)

    assert waiting(world, "chair") == [("Settle the technical marks", "me")]


@pytest.mark.parametrize("applicants", [("ana",), ("ana", "ben", "cleo")])
def test_the_number_of_applications_does_not_count(applicants: tuple[str, ...]) -> None:
    world = scoring(*applicants)

    with CaptureQueriesContext(connection) as asked:
        assert moves(world["v1"], clock.now())

    assert len(asked) == ASKED
