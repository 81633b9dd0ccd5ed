"""The list of calls and the desk: one's own, what waits on each role, in as many questions for three as for one."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from procurement.actions.appoint_member import appoint_member
from procurement.actions.return_call import return_call
from procurement.web.moves_calls import moves
from tests.procurement.drafts import office
from tests.procurement.web.visits import text_of, visit
from workflow import clock

pytestmark = pytest.mark.django_db
REASON = "Le seuil n’est pas justifié dans le dossier."


def test_the_list_holds_the_calls_of_this_person_alone() -> None:
    world = office()
    other = office(reference="OTHER-1", title={"fr": "Un autre appel"})
    client = visit(world).client

    assert {c.reference for c in client.get("/calls/").context["page"]} == {"OTHER-1", world.call.reference}
    assert [c.reference for c in client.get("/calls/?q=autre").context["page"]] == ["OTHER-1"]
    assert list(client.get("/calls/?state=published").context["page"]) == []
    assert list(visit(world, "E2").client.get("/calls/").context["page"]) == []
    assert other.call.created_by == world.cast["officer"]


@pytest.mark.parametrize("calls", [1, 3])
def test_lists_ask_as_much_for_three_calls_as_for_one(calls: int, django_assert_num_queries: Any) -> None:
    world = office("seated")
    for number in range(1, calls):
        office("seated", reference=f"MORE-{number}")
    client = visit(world).client
    client.get("/calls/")  # what is asked once for a session is asked here

    with django_assert_num_queries(8):
        assert len(client.get("/calls/").context["page"]) == calls
    with django_assert_num_queries(8):  # one for the deadlines that somebody proposes to move
        assert len(moves(world.cast["officer"], clock.now())) == calls


def test_the_desk_asks_as_much_for_three_calls_as_for_one(django_assert_num_queries: Any) -> None:
    world = office("seated")
    client = visit(world).client
    client.get("/desk/")
    with CaptureQueriesContext(connection) as one:
        assert len(client.get("/desk/").context["mine"]) == 1
    for number in range(2):
        office("seated", reference=f"MORE-{number}")

    with django_assert_num_queries(len(one)):
        assert len(client.get("/desk/").context["mine"]) == 3


def test_the_desk_of_each_role_begins_with_what_waits_on_it() -> None:
    world = office("in_review")
    assert "Review the call before approval" in text_of(visit(world, "approver").client.get("/desk/"))
    assert "Approver : approve the call" in text_of(visit(world).client.get("/desk/"))
    assert "Nothing waits on you now" in text_of(visit(world, "auditor").client.get("/desk/"))
    return_call(call=world.call, reason=REASON, actor=world.cast["approver"], now=clock.now())
    assert "Finish the draft" in text_of(visit(world).client.get("/desk/"))


def test_the_desk_tells_a_member_to_accept_and_a_holder_to_confirm() -> None:
    world = office()
    appoint_member(
        call=world.call, email=world.cast["V1"].email, seat="evaluator", organisation_name="CGLU",
        actor=world.cast["officer"], now=clock.now(),
    )  # fmt: skip
    assert "Accept your appointment to the committee" in text_of(visit(world, "V1").client.get("/desk/"))
    assert "V1, CGLU : accept the appointment" in text_of(visit(world).client.get("/desk/"))
    visit(world, "V1").post("committee/V1/acceptance")
    visit(world).post("keys/", holders=["V1"], quorum="2")
    assert "Make your key" in text_of(visit(world, "V1").client.get("/desk/"))
    assert "V1, CGLU : make and confirm the key" in text_of(visit(world).client.get("/desk/"))


def test_the_desk_tells_the_authority_of_a_request_to_cancel_and_the_approver_of_a_suspension() -> None:
    world = office("published")
    visit(world).post("cancellation/", reason=REASON)
    assert "Decide whether the call is cancelled" in text_of(visit(world, "authority").client.get("/desk/"))
    assert "Authority : decide whether the call is cancelled" in text_of(visit(world).client.get("/desk/"))
    visit(world, "approver").post("suspension/", reason=REASON)
    assert "Resume the call, or have it cancelled" in text_of(visit(world, "approver").client.get("/desk/"))
