"""Which papers of a call each person reads, stage by stage; each denial is beside somebody who may."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from procurement.actions.send_letters import send_letters
from procurement.models import Call, Submission
from procurement.queries.visible_papers import visible_papers
from tests.procurement.awards import GRENOBLE, decided, drafted, priced, proposed, ranked
from tests.procurement.committees import World, closed_call, kept
from workflow import clock, outbox
from workflow.models import OutboxMessage

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def sealed(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    yield from kept(django_db_blocker, lambda: closed_call(late=("lou",)))


@pytest.fixture(scope="module")
def opened(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    def build() -> World:
        world = priced({"ana": GRENOBLE["ana"]}, late=("lou",), withdrawn=("wim",))
        later = ("procurement.write_score_sheets", "procurement.write_receipts")
        for message in OutboxMessage.objects.filter(task__in=later):
            assert outbox.deliver(message.pk)
        return world

    yield from kept(django_db_blocker, build)


def kinds(world: World, who: str) -> set[str]:
    return {paper.kind for paper in visible_papers(world.fresh(), world[who])}


def test_before_the_opening_no_paper_of_an_applicant_is_listed_to_anybody(sealed: World, db: None) -> None:
    world = sealed.again()
    assert Submission.objects.filter(application__call=world.call).count() == 3
    assert not world.call.papers.exclude(application=None).exists()  # none is written before
    for who in world.people:
        assert "receipt" not in kinds(world, who)


def test_an_outsider_and_an_applicant_read_nothing(opened: World, db: None) -> None:
    world = opened.again()
    assert kinds(world, "chair")
    assert kinds(world, "ana") == set()


def test_when_the_prices_are_open(opened: World, db: None) -> None:
    world = opened.again()
    panel = {"opening_report", "financial_opening_report", "technical_report", "score_sheet"}
    leaders = panel | {"compliance_grid", "declaration", "receipt"}
    assert kinds(world, "chair") == leaders
    assert kinds(world, "v1") == panel | {"declaration"}
    assert kinds(world, "auditor") == leaders
    assert kinds(world, "officer") == {"opening_report", "compliance_grid", "declaration", "receipt"}
    assert kinds(world, "observer") == {"opening_report", "declaration"}
    assert kinds(world, "authority") == kinds(world, "approver") == set()


def test_who_took_back_an_application_stays_unnamed(opened: World, db: None) -> None:
    world = opened.again()
    assert world.applications["wim"].submissions.exists()
    assert not [
        one
        for one in visible_papers(world.fresh(), world["auditor"])
        if one.application_id == world.applications["wim"].pk
    ]


def test_a_member_reads_only_the_own_declaration(opened: World, db: None) -> None:
    world = opened.again()
    assert [one.member_id for one in visible_papers(world.fresh(), world["v1"]) if one.kind == "declaration"] == [
        world.seat("v1").pk
    ]


def test_blind_sheets_are_read_by_their_author_alone(opened: World, db: None) -> None:
    world = opened.again()
    Call.objects.filter(pk=world.call.pk).update(prices_opened_at=None)
    for state, others in (("evaluation", set()), ("consensus", {"V1", "V2", "V3"})):
        call = world.fresh()
        call.state = state
        sheets = {
            one.member.label for one in visible_papers(call, world["v2"]) if one.kind == "score_sheet" and one.member
        }
        assert sheets == (others or {"V2"})
        assert {one.kind for one in visible_papers(call, world["auditor"])} >= ({"score_sheet"} if others else set())
    call.state = "evaluation"
    assert "score_sheet" not in {one.kind for one in visible_papers(call, world["auditor"])}


def test_the_signed_report_reaches_those_who_wait_for_it(opened: World, db: None) -> None:
    world = opened.again()
    ranked(world)
    for who in ("officer", "authority", "approver", "observer"):
        assert "evaluation_report" not in kinds(world, who)
    proposed(world)
    for who in ("officer", "authority", "approver", "observer", "v1", "chair", "auditor"):
        assert "evaluation_report" in kinds(world, who)


def test_letters_and_decision(opened: World, db: None) -> None:
    world = opened.again()
    ranked(world)
    decided(world)
    drafted(world)
    send_letters(call=world.fresh(), actor=world["officer"], now=clock.now())
    for who in ("officer", "authority", "auditor"):
        assert {"letter", "award_decision"} <= kinds(world, who)
    for who in ("chair", "v1", "observer", "approver"):
        assert "letter" not in kinds(world, who)


def test_the_list_costs_the_same_for_many_papers(opened: World, db: None, django_assert_num_queries: Any) -> None:
    world = opened.again()
    call = Call.objects.select_related("organisation").get(pk=world.call.pk)
    assert call.papers.count() > 10
    with django_assert_num_queries(9):
        assert len(visible_papers(call, world["chair"])) > 10
