"""The list of applicants and the prices once opened: who sees them, who is noted, and what they cost."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from procurement.actions.open_financial import open_financial
from procurement.enums import EnvelopeKind
from procurement.queries.applicants import applications_visible_to, arrivals
from procurement.queries.impartiality import list_of_applicants
from procurement.queries.prices import opened_prices
from procurement.web.opening_page import opening_context
from tests.procurement.committees import (
    COMMITTEE,
    World,
    closed_call,
    declare,
    hand_over,
    in_session,
    kept,
    opened_call,
)
from tests.procurement.evaluations import priced_call, technically_signed_call
from tests.procurement.web.visits import Visit, text_of
from workflow import clock
from workflow.models import AuditEvent

pytestmark = pytest.mark.django_db
INSIDE = ("officer", "approver", "authority", "auditor", *COMMITTEE)


@pytest.fixture(scope="module")
def closed(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    yield from kept(django_db_blocker, lambda: closed_call(late=("lou",), withdrawn=("wim",)))


@pytest.fixture(scope="module")
def signed(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    yield from kept(django_db_blocker, lambda: technically_signed_call({"ana": 80, "ben": 60}))


@pytest.fixture
def world(closed: World, db: None) -> World:
    return closed.again()


@pytest.fixture
def prices(signed: World, db: None) -> World:
    return signed.again()


def see(world: World, who: str, path: str = "opening/") -> Any:
    return Visit(world[who], world.fresh()).get(path)


def send(world: World, who: str, path: str, **sent: Any) -> Any:
    return Visit(world[who], world.fresh()).post(path, **sent)


@pytest.mark.parametrize("who", INSIDE)
def test_the_list_is_for_the_committee_the_officer_and_the_auditor(world: World, who: str) -> None:
    in_session(world, "chair", "v2")
    send(world, "secretary", "opening/technical")
    page = see(world, who, "applicants/")
    if who in ("approver", "authority"):
        assert page.status_code == 404
        assert "Ana" not in text_of(see(world, who))
        return
    text = text_of(page)
    assert "E1 Ana Applicant" in text
    assert "E3 Lou Applicant" in text
    assert "Late, sealed" in text
    assert "Wim" not in text


def test_an_auditor_s_readings_are_noted_and_nobody_else_s(world: World) -> None:
    in_session(world, "chair", "v2")
    send(world, "secretary", "opening/technical")
    for who in ("officer", "chair", "auditor"):
        see(world, who, "applicants/")
    event = AuditEvent.objects.get(act="note_reading", scope=world.call.reference)
    assert (event.actor_id, event.details) == (world["auditor"].pk, {"page": "applicants"})


def test_who_passed_is_shown_to_those_who_know_the_marks(prices: World) -> None:
    shown = [who for who in INSIDE if "E1. The others stay sealed" in text_of(see(prices, who))]
    assert shown == ["auditor", *COMMITTEE]


@pytest.mark.parametrize("who", INSIDE)
def test_who_sees_the_prices(prices: World, who: str) -> None:
    assert see(prices, who, "prices/").status_code == 404
    in_session(prices, "v1", "v2", kind=EnvelopeKind.FINANCIAL)
    open_financial(call=prices.fresh(), actor=prices["secretary"], now=clock.now())
    page = see(prices, who, "prices/")
    if who in ("officer", "approver", "authority", "observer"):
        assert page.status_code == 404
        assert "13,900" not in text_of(see(prices, who))
    else:
        text = text_of(page)
        assert "E1 Ana Applicant" in text
        assert "€13,900.00" in text
        assert "Adds up" in text
        assert "Ben" not in text


def test_the_financial_opening_in_the_browser(prices: World) -> None:
    assert send(prices, "secretary", "opening/session", kind="financial").status_code == 302
    for who in ("v1", "chair"):
        assert send(prices, who, "opening/presence").status_code == 302
    hand_over(prices, "v1", "chair")
    assert send(prices, "secretary", "opening/technical").status_code == 409
    assert send(prices, "secretary", "opening/financial").status_code == 302
    assert prices.fresh().state == "financial_opened"


@pytest.fixture(params=[("ana",), ("ana", "ben", "cat")], ids=["one", "three"])
def opened(request: Any, db: None) -> World:
    world = opened_call(in_time=request.param, late=("lou",))
    declare(world, "secretary")
    world.fresh()
    return world


def test_what_was_opened_is_gathered_in_as_many_questions_for_one_as_for_three(
    opened: World, django_assert_num_queries: Any
) -> None:
    now = clock.now()
    with django_assert_num_queries(35):  # ten for how far the unsealing is, what failed, and what remains to open
        opening_context(opened.call, opened["secretary"], now=now)
    with django_assert_num_queries(3):
        assert len(arrivals(opened["secretary"], call=opened.call)) > 1
    with django_assert_num_queries(1):
        list_of_applicants(opened.call)


@pytest.mark.parametrize("applicants", [("ana",), ("ana", "ben", "cat")])
def test_prices_are_gathered_in_as_many_questions_for_one_as_for_three(
    db: None, applicants: tuple[str, ...], django_assert_num_queries: Any
) -> None:
    world = priced_call(dict.fromkeys(applicants, 80))
    now, call = clock.now(), world.fresh()
    with django_assert_num_queries(4):
        found = opened_prices(call, applications_visible_to(world["chair"], call=call), now=now)
    assert len(found) == len(applicants)
