"""The page of the opening: what each person sees before and after, and the session from its start to its report."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator

from procurement.models import Paper
from tests.procurement.applying import DEADLINE
from tests.procurement.committees import (
    COMMITTEE,
    OPENING,
    World,
    closed_call,
    hand_over,
    in_session,
    kept,
    opened_call,
)
from tests.procurement.web.visits import Visit, text_of
from workflow import clock

pytestmark = pytest.mark.django_db
INSIDE = ("officer", "approver", "authority", "auditor", *COMMITTEE)


@pytest.fixture(scope="module")
def closed(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    yield from kept(django_db_blocker, lambda: closed_call(late=("lou",), withdrawn=("wim",)))


@pytest.fixture
def world(closed: World, db: None) -> World:
    return closed.again()


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
