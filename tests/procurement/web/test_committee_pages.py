"""The committee in pages: members appointed, reminded, replaced and gone, invitations, and those who hold the keys."""

from __future__ import annotations

import pytest
from django.test import Client

from accounts.models import User
from procurement.models import SeatInvitation
from procurement.seat_links import token_of
from tests.procurement.drafts import office
from tests.procurement.web.visits import BACKEND, text_of, visit

pytestmark = pytest.mark.django_db


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user, backend=BACKEND)
    client.cookies["language"] = "en"
    return client


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
