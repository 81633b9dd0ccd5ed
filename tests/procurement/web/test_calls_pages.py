"""The file of a call for those who run it: review, publication, committee, keys, serious acts, the list and the desk."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from procurement.actions.appoint_member import appoint_member
from procurement.actions.return_call import return_call
from procurement.actions.start_application import start_application
from procurement.models import Call, SeatInvitation
from procurement.seat_links import token_of
from procurement.web.moves_calls import moves
from tests.procurement.drafts import Office, local, office
from tests.procurement.web.visits import BACKEND, Visit, text_of
from workflow import clock

pytestmark = pytest.mark.django_db
REASON = "Le seuil n’est pas justifié dans le dossier."


def visit(world: Office, who: str = "officer", **how: Any) -> Visit:
    return Visit(world.cast[who], world.call, **how)


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user, backend=BACKEND)
    client.cookies["language"] = "en"
    return client


def test_the_whole_way_from_draft_to_publication_in_pages() -> None:
    world = office("seated")
    assert visit(world).post("review/").status_code == 302
    review = visit(world, "approver").get("review/")
    assert "Everything that will be published and frozen is on this page" in text_of(review)
    assert "Approve the call" in text_of(review)

    assert visit(world, "approver").post("approval").status_code == 302
    assert "The notice is still being prepared in Word." in text_of(visit(world).get(""))
    world.stage.settle()
    assert visit(world).get("notice.docx").headers["Content-Disposition"].endswith('.docx"')
    clock.set_to(local("2020-02-03T08:59"))
    assert visit(world).post("publication").status_code == 302
    assert world.fresh().state == "published"


def test_an_incomplete_draft_is_refused_with_sentences() -> None:
    world = office()
    answer = visit(world).post("review/")

    assert answer.status_code == 409
    assert "The committee needs one chair and one secretary." in text_of(answer)


def test_a_short_reason_comes_back_with_its_text() -> None:
    world = office("in_review")
    answer = visit(world, "approver").post("return", reason="Pas assez.")

    assert answer.status_code == 409
    assert "Give the reason in at least 20 characters; it has 10." in text_of(answer)
    assert "Pas assez." in answer.content.decode()
    assert visit(world, "approver").post("return", reason=REASON).status_code == 302
    assert REASON in text_of(visit(world).get("draft/"))


def test_who_drafted_sees_no_button_to_approve() -> None:
    world = office("in_review")

    assert "Approve the call" not in text_of(visit(world).get("review/"))
    assert visit(world).post("approval").status_code == 403
    assert visit(world, "auditor").post("approval").status_code == 403
    assert visit(world, "E2").post("approval").status_code == 404


def test_what_departs_from_the_rule_set_is_shown_to_the_approver_with_its_reason() -> None:
    page = text_of(visit(office("in_review"), "approver").get("review/"))

    assert "(1) The higher technical mark, (2) C1, (3) Drawing lots" in page
    assert "La méthode départage mieux" in page


def test_the_overview_says_whose_move_it_is_and_each_condition() -> None:
    world = office("approved")
    page = text_of(visit(world).get(""))

    assert "Next step: publish the call It waits on you." in page
    assert "Keys confirmed by their holders Met" in page
    assert "It waits on the officer." in text_of(visit(world, "approver").get(""))


def test_before_the_opening_the_overview_says_nothing_of_applications() -> None:
    world = office("published")
    pages = {
        who: text_of(visit(world, who).get(""))
        for who in ("officer", "approver", "authority", "auditor", "secretary", "V1")
    }
    for who in ("E2", "E3"):
        start_application(call=world.call, actor=world.cast[who], now=clock.now())

    for who, before in pages.items():
        after = text_of(visit(world, who).get(""))
        assert after == before, who
        assert "start" not in after.lower().replace("started", "")
    assert "Neither their number nor their authors are known" in pages["officer"]


def test_a_member_is_appointed_reminded_and_replaced_in_pages() -> None:
    world = office()
    answer = visit(world).post(
        "committee/seats", seat="evaluator", email=world.cast["V1"].email, organisation_name="CGLU"
    )
    assert answer.status_code == 302
    assert "Not accepted yet" in text_of(visit(world).get("committee/"))
    assert visit(world).post("committee/V1/reminder").status_code == 302
    assert "Accept my appointment" in text_of(visit(world, "V1").get("committee/"))
    assert visit(world, "V1").post("committee/V1/acceptance").status_code == 302
    assert world.seat("V1").accepted_at is not None

    twice = visit(world).post("committee/seats", seat="observer", email=world.cast["V1"].email)
    assert twice.status_code == 409
    assert "already sits on the committee" in text_of(twice)
    assert visit(world).post("committee/seats", seat="chair", email="not an address").status_code == 422
    visit(world).client.post(
        f"/calls/{world.call.reference}/committee/V1/?replace", {"email": world.cast["V2"].email, "reason": ""}
    )
    assert (world.seat("V2").user, world.call.members.get(label="V1").ended_at is not None) == (world.cast["V2"], True)
    assert "Former members" in text_of(visit(world).get("committee/"))


def test_a_member_gives_up_the_own_seat_with_a_reason_and_then_sees_nothing() -> None:
    world = office("published")
    assert visit(world, "V3").post("committee/V3/", reason="court").status_code == 409
    assert visit(world, "V2").get("committee/V3/").status_code == 404
    answer = visit(world, "V3").post("committee/V3/", reason="Je connais personnellement une candidate.")

    assert answer["Location"] == "/desk/"
    assert visit(world, "V3").get("committee/").status_code == 404


def test_an_invitation_is_taken_up_by_the_account_of_its_address() -> None:
    world = office()
    visit(world).post("committee/seats", seat="evaluator", email="nora@new.example")
    path = f"/seats/{token_of(SeatInvitation.objects.get())}/"

    assert "register with it" in Client().get(path, headers={"accept-language": "en"}).content.decode()
    assert "log in with the account of that address" in text_of(client_of(world.cast["E2"]).get(path))
    assert client_of(world.cast["E2"]).post(path).status_code == 409
    nora = User.objects.create_user("nora@new.example", language="en")
    assert client_of(nora).post(path).status_code == 302
    assert world.seat("V1").user == nora
    assert client_of(nora).get(path).status_code == 404
    assert Client().get("/seats/forged/").status_code == 404


def test_keys_are_named_in_pages_and_their_holders_have_a_page() -> None:
    world = office("seated")
    answer = visit(world).post("keys/", holders=["V1", "V3"], quorum="2")
    assert answer.status_code == 302
    assert {h.member.label for h in world.call.key_holders.select_related("member")} == {"V1", "V3"}
    assert visit(world, "V3").get("keys/own/").status_code == 200
    assert visit(world, "V2").get("keys/own/").status_code == 404
    assert visit(world).post("keys/", holders=["V1", "nobody"], quorum="2").status_code == 422
    assert visit(world, "approver").post("keys/", holders=["V1"], quorum="1").status_code == 403


def test_suspension_and_resumption_ask_a_reason_and_say_who_is_told() -> None:
    world = office("published")
    assert visit(world).get("suspension/").status_code == 404
    page = visit(world, "approver").get("suspension/")
    assert "everybody who has begun an application" in text_of(page)
    assert visit(world, "approver").post("suspension/", reason="non").status_code == 409
    assert visit(world, "approver").post("suspension/", reason=REASON).status_code == 302
    clock.set_to(local("2020-02-05T12:00"))

    form = visit(world, "approver").get("resumption/").context["form"]
    assert form.least == local("2020-03-15T17:00")
    sent = {"deadline_0": "2020-03-13", "deadline_1": "17:00", "reason": REASON}
    refused = visit(world, "approver").post("resumption/", **sent)
    assert refused.status_code == 409
    assert "Give back at least the suspended time" in text_of(refused)
    assert 'value="2020-03-13"' in refused.content.decode()
    assert visit(world, "approver").post("resumption/", **sent | {"deadline_0": ""}).status_code == 422
    assert visit(world, "approver").post("resumption/", **sent | {"deadline_0": "2020-03-15"}).status_code == 302
    assert world.fresh().deadline == local("2020-03-15T17:00")


def test_a_cancellation_is_asked_decided_and_declined_in_pages() -> None:
    world = office("published")
    assert visit(world, "chair").get("cancellation/").status_code == 404
    assert visit(world).post("cancellation/", reason="non").status_code == 409
    assert visit(world).post("cancellation/", reason=REASON).status_code == 302
    assert "Cancel the call" in text_of(visit(world, "authority").get("cancellation/"))
    assert visit(world, "authority").post("cancellation/end", reason=REASON).status_code == 302
    assert visit(world).post("cancellation/", reason=REASON).status_code == 302
    assert visit(world).post("cancellation/decision").status_code == 403
    assert visit(world, "authority").post("cancellation/decision").status_code == 302
    assert world.fresh().state == "cancelled"


@pytest.mark.parametrize(
    ("page", "who", "stage"),
    [("publication", "officer", "approved"), ("cancellation/decision", "authority", "published")],
)
def test_acts_that_count_ask_for_a_fresh_proof_of_identity(page: str, who: str, stage: str, settings: Any) -> None:
    world = office(stage)
    settings.TWO_FACTOR_REQUIRED = True
    answer = visit(world, who).post(page)

    assert answer.status_code == 302
    assert "/calls/" not in answer["Location"].split("?")[0]
    assert world.fresh().state == stage


def test_a_call_begins_in_pages_from_nothing_and_from_another() -> None:
    world = office()
    client = visit(world).client
    page = client.get("/calls/new/")
    reference = page.context["form"]["reference"].value()
    sent = {
        "organisation": world.call.organisation_id,
        "reference": reference,
        "language": "fr",
        "kind": "expert",
        "preset": "prag",
    }

    assert client.post("/calls/new/", sent).status_code == 422
    assert client.post("/calls/new/", sent | {"title": "Essai", "reference": "a/../b"}).status_code == 422
    assert client.post("/calls/new/", sent | {"title": "Essai"})["Location"] == f"/calls/{reference}/draft/"
    again = client.post("/calls/new/", sent | {"title": "Essai"})
    assert (again.status_code, "already bears this reference" in text_of(again)) == (409, True)
    assert client.post("/calls/new/", sent | {"reference": "COPY-1", "copied": world.call.reference}).status_code == 302
    assert Call.objects.get(reference="COPY-1").criteria.count() == 10
    assert visit(world, "approver").client.get("/calls/new/").status_code == 404


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
