"""The page of the opening, the list of applicants and the prices: what each person sees, and when."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator

from procurement.actions.open_financial import open_financial
from procurement.enums import EnvelopeKind
from procurement.models import Paper
from procurement.queries.applicants import applications_visible_to, arrivals
from procurement.queries.impartiality import list_of_applicants
from procurement.queries.prices import opened_prices
from procurement.web.opening_page import opening_context
from tests.procurement.applying import DEADLINE
from tests.procurement.committees import (
    COMMITTEE,
    OPENING,
    World,
    closed_call,
    declare,
    hand_over,
    in_session,
    kept,
    opened_call,
    priced_call,
    technically_signed_call,
)
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
def test_before_the_opening_the_page_gives_nobody_away(world: World, who: str) -> None:
    page = see(world, who)
    assert page.status_code == 200
    text = text_of(page)
    assert "Neither how many there are nor who sent them is known" in text
    assert not [name for name in ("Ana", "Ben", "Lou", "Wim", "E1") if name in text]
    assert see(world, who, "applicants/").status_code == 404
    assert see(world, who, "declarations/").status_code == 404


@pytest.mark.parametrize("path", ["opening/", "applicants/", "declarations/", "compliance/", "prices/"])
def test_outsiders_find_nothing(world: World, path: str) -> None:
    assert see(world, "ana", path).status_code == 404
    anonymous = Visit(None, world.call).get(path)
    assert anonymous.status_code == 302
    assert "/accounts/login/" in anonymous["Location"]


def test_the_page_is_the_same_however_many_applied(world: World) -> None:
    other = closed_call(in_time=())
    pages = [text_of(see(one, "secretary")) for one in (world, other)]
    first, second = (page[page.index("Next step") :] for page in pages)
    assert "Open the technical envelopes" in first
    assert first == second


def test_conditions_are_told_with_their_reasons(world: World) -> None:
    in_session(world, "chair")
    clock.set_to(OPENING)
    text = text_of(see(world, "secretary"))
    assert "Quorum of key holders: 1 present of 2" in text
    assert "Present: Chair (CGLU). Awaited: V1 (CGLU), V2 (CGLU), Secretary (CGLU)." in text
    assert "1 key missing" in text
    assert "Key holders present: 1 of the 2 needed." in text
    assert "Every member accepted the appointment." in text
    overview = text_of(see(world, "officer", ""))
    assert "Pieces released To come" in overview  # not “met” while nobody can release anything


def test_buttons_are_drawn_for_those_who_may_use_them(world: World) -> None:
    assert "Start the session" in text_of(see(world, "secretary"))
    assert "Start the session" not in text_of(see(world, "chair"))
    in_session(world, "chair")
    seen = {who: text_of(see(world, who)) for who in INSIDE}
    assert [who for who in INSIDE if "Confirm my presence" in seen[who]] == ["secretary", "v1", "v2", "observer"]
    assert [who for who in INSIDE if "End the session without opening" in seen[who]] == ["secretary"]


def test_the_whole_session_in_the_browser(world: World) -> None:
    assert send(world, "chair", "opening/session", kind="technical").status_code == 403
    assert send(world, "ana", "opening/session", kind="technical").status_code == 404
    assert send(world, "secretary", "opening/session", kind="nonsense").status_code == 400
    assert send(world, "secretary", "opening/session", kind="technical").status_code == 302
    assert send(world, "v3", "opening/presence").status_code == 403
    assert send(world, "chair", "opening/presence").status_code == 302
    early = send(world, "secretary", "opening/technical", remarks="The door was locked.")
    assert early.status_code == 409
    assert "Key holders present: 1 of the 2 needed." in text_of(early)
    assert "The door was locked." in early.content.decode()
    assert send(world, "v2", "opening/presence").status_code == 302
    assert send(world, "secretary", "opening/technical").status_code == 409  # nobody has released
    hand_over(world, "chair", "v2")
    assert send(world, "secretary", "opening/technical", remarks="The door was locked.").status_code == 302
    assert world.fresh().state == "opened"
    assert Paper.objects.get(kind="opening_report", call=world.call).facts["minutes"] == "The door was locked."
    assert "2 applications opened, 1 late and sealed" in text_of(see(world, "chair"))


def test_a_script_is_told_the_reasons_as_data(world: World) -> None:
    visit = Visit(world["secretary"], world.call)
    in_session(world)
    answer = visit.client.post(
        visit.root + "opening/session", {"kind": "technical"}, headers={"Accept": "application/json"}
    )
    assert answer.status_code == 409
    said = answer.json()
    assert said["sentence"] == "A session is already running."
    assert "OPN-13" in str(said)


def test_a_session_is_ended_without_opening(world: World) -> None:
    in_session(world, "chair", "v2")
    assert send(world, "chair", "opening/end").status_code == 403
    assert send(world, "secretary", "opening/end").status_code == 302
    assert send(world, "v1", "opening/presence").status_code == 404
    assert world.fresh().state == "closed"


def test_opening_asks_for_a_fresh_second_factor(world: World, settings: Any) -> None:
    settings.TWO_FACTOR_REQUIRED = True
    in_session(world, "chair", "v2")
    Authenticator.objects.create(user=world["secretary"], type="totp", data={"secret": "x"})
    visit = Visit(world["secretary"], world.call)

    def proved(at: float) -> Any:
        session = visit.client.session
        session["account_authentication_methods"] = [{"method": "mfa", "at": at}]
        session["account_authentication_methods_user"] = str(world["secretary"].pk)
        session.save()
        return visit.post("opening/technical", remarks="Kept while one proves it.")

    answer = proved(time.time() - settings.ACCOUNT_REAUTHENTICATION_TIMEOUT - 1)
    assert "reauthenticate" in answer["Location"]
    assert world.fresh().state == "closed"
    assert ["remarks", "Kept while one proves it."] in visit.client.session["second_factor_resume"]["fields"]
    assert proved(time.time())["Location"] == f"/calls/{world.call.reference}/opening/"
    assert world.fresh().state == "opened"


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


def test_the_report_is_signed_on_the_page(db: None) -> None:
    world = opened_call(in_time=("ana",))
    paper = Paper.objects.get(kind="opening_report", call=world.call)
    assert "Sign the report" in text_of(see(world, "chair"))
    assert "Sign the report" not in text_of(see(world, "v1"))
    assert send(world, "v1", f"papers/{paper.pk}/signature").status_code == 403
    assert send(world, "chair", f"papers/{paper.pk}/signature", dissent="Short.").status_code == 409
    assert send(world, "chair", f"papers/{paper.pk}/signature").status_code == 302
    assert paper.signatures.get().sha256 == paper.sha256
    assert "Sign the report" not in text_of(see(world, "chair"))
    other = opened_call(in_time=())
    assert send(other, "chair", f"papers/{paper.pk}/signature").status_code == 404


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


def test_a_key_holder_learns_nothing_of_the_envelopes_before_confirming_a_presence(world: World) -> None:
    nothing = {"total": 0, "left": 0, "envelopes": []}
    assert see(world, "v2", "opening/pieces").json() == nothing
    session = in_session(world, "chair", releasing=False)
    assert see(world, "v2", "opening/pieces").json() == nothing

    told = see(world, "chair", "opening/pieces").json()  # there is something to tell
    assert (told["total"], len(told["envelopes"])) == (2, 2)
    assert b"application" not in see(world, "v2", "opening/pieces").content
    session.presences.all().delete()
    assert see(world, "chair", "opening/pieces").json() == nothing


def test_a_session_whose_deadline_lies_ahead_gives_nothing_even_to_who_is_present(world: World) -> None:
    in_session(world, "chair", releasing=False)
    clock.set_to(DEADLINE - timedelta(seconds=1))
    assert see(world, "chair", "opening/pieces").json()["total"] == 0
