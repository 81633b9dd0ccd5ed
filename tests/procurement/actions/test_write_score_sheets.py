"""Each signed sheet has its Word file after the marks are shared, none before, and once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from procurement.actions import write_score_sheets as writing
from procurement.actions.write_score_sheets import write_score_sheets
from procurement.enums import PaperKind, Stage
from procurement.models import Paper
from tests.procurement.committees import World, kept, write_papers
from tests.procurement.panels import COMMENT, hear, score, scoring, sheet_of
from workflow import clock, outbox
from workflow.models import OutboxMessage

pytestmark = pytest.mark.django_db
TASK = "procurement.write_score_sheets"


@pytest.fixture(scope="module")
def at_work(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    yield from kept(django_db_blocker, lambda: scoring(interview=True, rules={"shortlist_mark": "60"}))


@pytest.fixture
def world(at_work: World, db: None) -> World:
    return at_work.again()


def deliver() -> None:
    """Do what the worker does with the messages of this room, and with those that they post."""
    while waiting := list(OutboxMessage.objects.filter(task=TASK, done_at=None)):
        for message in waiting:
            assert outbox.deliver(message.pk), OutboxMessage.objects.get(pk=message.pk).last_error


def sheets() -> Any:
    return Paper.objects.filter(kind=PaperKind.SCORE_SHEET)


def test_none_is_written_while_marking_is_blind(world: World) -> None:
    score(world, of=("v1", "v2"))

    assert not OutboxMessage.objects.filter(task=TASK).exists()
    assert not sheets().exists()


def test_each_signed_sheet_is_written_once(world: World) -> None:
    score(world)
    deliver()
    write_score_sheets(call=world.fresh(), stage=Stage.FILE, after=0, now=clock.now())

    assert sheets().count() == 6
    paper = sheets().get(application=world.applications["ana"], member=world.seat("v2"))
    signed = sheet_of(world, "v2", "ana")
    assert paper.facts["number"] == f"{world.call.reference}/G-V2-E1-D1"
    assert (paper.facts["total"], paper.facts["maximum"]) == ("80", "90")
    assert {mark["code"]: mark["comment"] for mark in paper.facts["marks"]} == dict.fromkeys(
        ("C1a", "C1b", "C2"), COMMENT
    )
    assert paper.facts["signature"]["sha256"] == signed.sha256


def test_many_sheets_are_written_in_several_messages(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "AT_ONCE", 4)
    score(world)
    deliver()

    assert sheets().count() == 6
    assert OutboxMessage.objects.filter(task=TASK).count() == 2


def test_the_sheets_of_the_interviews_follow_when_they_are_over(world: World) -> None:
    score(world)
    hear(world, "ana", "ben")
    deliver()
    write_papers()

    heard = sheets().filter(facts__number__icontains="-E1-E")
    assert heard.count() == 3
    assert {paper.facts["total"] for paper in heard} == {"8"}
    assert not sheets().filter(file=None).exists()
