"""How work at the desk ends: signed, reopened by the chair, or broken off by a member who leaves and is told."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from procurement.actions.end_seat import end_seat
from procurement.actions.reopen_sheet import reopen_sheet
from procurement.models import Call
from tests.procurement.committees import World, kept
from tests.procurement.panels import COMMENT, fill, score, sheet_of, sign
from tests.procurement.web.desks import TYPED, desk, read, save, stored, with_documents
from tests.procurement.web.visits import Visit, text_of
from workflow import clock

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def at_work(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    yield from kept(django_db_blocker, with_documents)


@pytest.fixture
def world(at_work: World, db: None) -> World:
    return at_work.again()


def test_signing_saves_first_and_leads_on(world: World) -> None:
    answer = save(
        world, script=False, page="signature", C1a="8", C1a_text=TYPED, C1b="12", C1b_text=TYPED, C2="60", C2_text=TYPED
    )

    assert answer.status_code == 302
    assert answer.headers["Location"].endswith(desk(world, "ben"))
    assert sheet_of(world, "v1", "ana").state == "signed"
    assert stored(world)["C2"] == ("60", TYPED)


def test_signing_is_refused_with_every_reason_and_keeps_the_text(world: World) -> None:
    answer = save(world, script=False, page="signature", C1a="8", C1a_text="Short.")

    page = text_of(answer)
    assert answer.status_code == 409
    assert "These criteria have no mark: C1b, C2." in page
    assert "These marks need a comment of at least 10 characters: C1a." in page
    assert "Short." in answer.content.decode()
    assert stored(world) == {"C1a": ("8", "Short.")}


def test_a_signed_sheet_is_read_only(world: World) -> None:
    fill(world, "v1", "ana")
    sign(world, "v1", "ana")

    page = read(world).content.decode()
    assert "Signed: the marks are final." in page
    assert "data-mark" not in page
    assert COMMENT in page

    late = save(world, C1a="9")
    assert late.status_code == 409
    assert late.json() == {
        "sentence": "This sheet is signed: its marks are final.",
        "reasons": [{"code": "SHT-04", "sentence": "This sheet is signed: its marks are final."}],
    }


def test_signed_in_one_window_and_typed_in_the_other_the_text_comes_back(world: World) -> None:
    fill(world, "v1", "ana")
    sign(world, "v1", "ana")

    answer = save(world, script=False, C1a="9", C1a_text="Written too late.")

    assert answer.status_code == 409
    assert "Written too late." in answer.content.decode()
    assert stored(world)["C1a"] == ("8", COMMENT)


def test_a_reopened_sheet_says_why(world: World) -> None:
    fill(world, "v1", "ana")
    signed = sign(world, "v1", "ana")
    reopen_sheet(sheet=signed, reason="The mark for C2 was for another one.", actor=world["chair"], now=clock.now())

    text = text_of(read(world))
    assert "The chair reopened this sheet: The mark for C2 was for another one." in text
    assert "Sign my sheet on E1" in text


def leave(world: World) -> None:
    end_seat(member=world.seat("v1"), reason="Called away to another task.", actor=world["officer"], now=clock.now())


def test_who_leaves_while_typing_reads_a_sentence(world: World) -> None:
    leave(world)

    answer = save(world, C1a="8", C1a_text=TYPED)

    assert answer.status_code == 409
    assert {"code": "SHT-02", "sentence": "You no longer sit on this committee."} in answer.json()["reasons"]
    assert stored(world) == {}
    assert read(world).status_code == 404


def test_who_leaves_gets_the_text_back_and_nothing_of_the_call(world: World) -> None:
    leave(world)

    answer = save(world, script=False, C1a="8", C1a_text=TYPED)

    page = answer.content.decode()
    assert answer.status_code == 409
    assert TYPED in page
    assert "You no longer sit on this committee." in page
    assert "Ana Applicant" not in page
    assert world.call.title_in("en") not in page


def test_the_chair_reopens_from_the_page_of_the_sheet(world: World) -> None:
    fill(world, "v1", "ana")
    sign(world, "v1", "ana")
    visit = Visit(world["chair"], world.fresh())
    page = f"{desk(world)}sheets/V1/"

    short = visit.post(page + "reopening", reason="Wrong.")
    assert short.status_code == 409
    assert "Give the reason in at least 20 characters" in text_of(short)
    assert visit.post(page + "reopening", reason="The mark for C2 was for another one.").status_code == 302

    text = text_of(visit.get(page))
    assert "Version 2" in text
    assert "Version 1" in text
    assert "The mark for C2 was for another one." in text
    assert "You do not see its marks" in text
    assert sheet_of(world, "v1", "ana").version == 2


def test_the_button_of_the_chair_is_for_a_member_who_left(world: World) -> None:
    Call.objects.filter(pk=world.call.pk).update(rules=world.call.rules | {"minimum_voting": 2})
    score(world, of=("v1", "v2"))
    visit = Visit(world["chair"], world.fresh())
    refused = visit.client.post(f"{visit.root}evaluation/consensus")
    assert refused.status_code == 409
    end_seat(member=world.seat("v3"), reason="Called away to another task.", actor=world["officer"], now=clock.now())

    assert visit.client.post(f"{visit.root}evaluation/consensus").status_code == 302
    assert world.fresh().state == "consensus"
