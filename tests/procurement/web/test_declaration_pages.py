"""Declaring in the browser: what is read first, what is typed and kept, and the door that closes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from procurement.models import Declaration
from procurement.queries.impartiality import list_digest, list_of_applicants
from tests.procurement.committees import World, declare, kept, opened_call
from tests.procurement.web.visits import Visit, text_of
from workflow.models import AuditEvent

pytestmark = pytest.mark.django_db
STATEMENT = "We wrote a report together in 2019."
PAGES = ["opening/", "applicants/", "declarations/", "compliance/", "prices/"]


@pytest.fixture(scope="module")
def opened(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    yield from kept(django_db_blocker, lambda: opened_call(late=("lou",)))


@pytest.fixture
def world(opened: World, db: None) -> World:
    return opened.again()


def see(world: World, who: str, path: str = "declarations/") -> Any:
    return Visit(world[who], world.fresh()).get(path)


def send(world: World, who: str, **sent: Any) -> Any:
    return Visit(world[who], world.fresh()).post("declaration", **sent)


def test_the_list_is_read_with_its_digest(world: World) -> None:
    page = see(world, "v1")
    text = text_of(page)
    assert "E1 Ana Applicant" in text
    assert "E3 Lou Applicant Late, sealed" in text
    assert "Sign my declaration" in text
    digest = list_digest(list_of_applicants(world.call))
    assert digest in page.content.decode().replace("</span><span>", "")


def test_one_signs_and_reads_it_again(world: World) -> None:
    assert send(world, "v1", answer="none").status_code == 302
    text = text_of(see(world, "v1"))
    assert "that you have no conflict of interest with this list" in text
    assert "Sign my declaration" not in text
    assert send(world, "v1", answer="none").status_code == 409
    assert Declaration.objects.filter(member__call=world.call).count() == 1


def test_nothing_chosen_signs_nothing(world: World) -> None:
    assert send(world, "v1").status_code == 400
    assert not Declaration.objects.filter(member__call=world.call).exists()


def test_what_was_typed_is_kept_when_it_is_refused(world: World) -> None:
    answer = send(world, "v1", answer="conflict", statement="Friends.")
    assert answer.status_code == 409
    text = text_of(answer)
    assert "Say with which applications you have a conflict of interest." in text
    assert "Friends." in text


def test_a_conflict_closes_every_page_from_the_next_request_on(world: World) -> None:
    chosen = world.application("ana").reference
    assert see(world, "v1", "applicants/").status_code == 200
    answer = send(world, "v1", answer="conflict", with_applications=[chosen], statement=STATEMENT)
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert {path: see(world, "v1", path).status_code for path in PAGES} == dict.fromkeys(PAGES, 404)
    assert send(world, "v1", answer="none").status_code == 404


def test_a_conflict_may_be_declared_after_all(world: World) -> None:
    declare(world, "v1")
    assert "A conflict has come to light" in text_of(see(world, "v1"))
    chosen = world.application("ben").reference
    assert send(world, "v1", answer="conflict", with_applications=[chosen], statement=STATEMENT).status_code == 302
    assert see(world, "v1").status_code == 404
    assert world.seat("v1").conflict == STATEMENT


def test_an_application_of_elsewhere_is_no_choice(world: World) -> None:
    other = opened_call(in_time=("zoe",)).application("zoe").reference
    assert send(world, "v1", answer="conflict", with_applications=[other], statement=STATEMENT).status_code == 400
    assert world.seat("v1").ended_at is None


def test_who_declared_is_followed_by_those_who_lead_and_control(world: World) -> None:
    declare(world, "chair")
    chosen = world.application("ana").reference
    send(world, "v2", answer="conflict", with_applications=[chosen], statement=STATEMENT)
    followed = {who: text_of(see(world, who)) for who in ("chair", "secretary", "officer", "auditor", "v1", "observer")}
    assert [who for who, text in followed.items() if "Declarations of the committee" in text] == [
        "chair", "secretary", "officer", "auditor",
    ]  # fmt: skip
    assert "V1) CGLU Awaited" in followed["officer"]
    assert "V2) Left on" in followed["officer"]
    assert STATEMENT not in followed["chair"]
    assert AuditEvent.objects.filter(act="note_reading", details={"page": "declarations"}).exists()


@pytest.mark.parametrize("who", ["approver", "authority", "ana"])
def test_it_is_no_page_for_others(world: World, who: str) -> None:
    assert see(world, who).status_code == 404
    assert send(world, who, answer="none").status_code == 404


def test_an_officer_has_nothing_to_sign(world: World) -> None:
    assert "Sign my declaration" not in text_of(see(world, "officer"))
    assert send(world, "officer", answer="none").status_code == 403
