"""Who sees whose marks, page by page: nobody before the last signature, the panel after it, nobody else at all."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from procurement.actions.declare_impartiality import declare_impartiality
from procurement.actions.hold_interviews import schedule_interview, start_interviews
from procurement.enums import Stage
from procurement.models import Score
from tests.procurement.applying import person
from tests.procurement.committees import World, kept, seat_member
from tests.procurement.panels import GOOD, fill, scoring, sign
from tests.procurement.web.visits import Visit
from workflow import clock

pytestmark = pytest.mark.django_db
SECRET = "Only V2 thinks this of the first applicant."
HEARD = "Only V2 heard this from the first applicant."
PAGES = ("readings", "desk", "sheet of V1", "sheet of V2", "consensus", "interviews", "report")
VIEWERS = (
    "v1", "v2", "v3", "chair", "secretary", "observer", "officer", "approver", "authority", "auditor", "ana", "ben", "stranger",
)  # fmt: skip

YES, NO = 200, 404
BEFORE = {  # readings, desk, sheet of V1, sheet of V2, consensus, interviews, report
    "v1": (YES, YES, YES, NO, NO, NO, NO),
    "v2": (YES, YES, NO, YES, NO, NO, NO),
    "v3": (YES, YES, NO, NO, NO, NO, NO),
    "chair": (YES, NO, YES, YES, NO, NO, NO),  # how far the sheets are, and the way to reopen one: no mark
    "secretary": (YES, NO, YES, YES, NO, NO, NO),
    "auditor": (YES, NO, NO, NO, NO, NO, NO),
}
AFTER = {
    "v1": (YES, YES, YES, YES, YES, YES, YES),
    "v2": (YES, YES, YES, YES, YES, YES, YES),
    "v3": (YES, YES, YES, YES, YES, YES, YES),
    "chair": (YES, NO, YES, YES, YES, YES, YES),
    "secretary": (YES, NO, YES, YES, YES, YES, YES),
    "auditor": (YES, NO, NO, NO, NO, NO, NO),
}
NOBODY = (NO,) * len(PAGES)


def marked() -> World:
    """V2 has written a secret of Ana and signed; V1 has begun."""
    world = scoring(interview=True, rules={"shortlist_mark": "60"})
    world.people["stranger"] = person("Sam Stranger")
    fill(world, "v2", "ana", {**GOOD, "C1a": "7.25"}, comment=SECRET)
    sign(world, "v2", "ana")
    fill(world, "v1", "ana", {"C1a": "3"}, comment="Mine alone.")
    return world


def shared() -> World:
    """The same, and every sheet is signed."""
    world = marked()
    fill(world, "v1", "ana", comment="Mine alone.")
    sign(world, "v1", "ana")
    fill(world, "v3", "ana")
    sign(world, "v3", "ana")
    for evaluator in ("v1", "v2", "v3"):
        fill(world, evaluator, "ben")
        sign(world, evaluator, "ben")
    assert world.fresh().state == "consensus"
    return world


@pytest.fixture(scope="module")
def at_work(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    yield from kept(django_db_blocker, marked)


@pytest.fixture(scope="module")
def sharing(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    yield from kept(django_db_blocker, shared)


@pytest.fixture
def blind(at_work: World, db: None) -> World:
    return at_work.again()


@pytest.fixture
def open_panel(sharing: World, db: None) -> World:
    return sharing.again()


def address(world: World, page: str) -> str:
    ana = world.applications["ana"].reference
    return {
        "readings": "evaluation/",
        "desk": f"evaluation/{ana}/",
        "sheet of V1": f"evaluation/{ana}/sheets/V1/",
        "sheet of V2": f"evaluation/{ana}/sheets/V2/",
        "consensus": f"consensus/{ana}/",
        "interviews": "interviews/",
        "report": "technical-report/",
    }[page]


def scores(world: World) -> Any:
    return Score.objects.filter(sheet__call=world.call)


def see(world: World, who: str, page: str) -> Any:
    return Visit(world[who], world.call).get(address(world, page))


@pytest.mark.parametrize("who", VIEWERS)
@pytest.mark.parametrize("page", PAGES)
def test_before_the_last_signature(blind: World, who: str, page: str) -> None:
    assert scores(blind).filter(comment=SECRET, mark="7.25").exists()  # there is something to see

    answer = see(blind, who, page)

    assert answer.status_code == BEFORE.get(who, NOBODY)[PAGES.index(page)]
    written = answer.content.decode()
    own = who == "v2" and page in ("desk", "sheet of V2")
    assert (SECRET in written, "7.25" in written) == (own, own)
    assert ("Mine alone." in written) == (who == "v1" and page in ("desk", "sheet of V1"))


@pytest.mark.parametrize("who", VIEWERS)
@pytest.mark.parametrize("page", PAGES)
def test_after_it(open_panel: World, who: str, page: str) -> None:
    answer = see(open_panel, who, page)

    assert answer.status_code == AFTER.get(who, NOBODY)[PAGES.index(page)]
    panel = who in ("v1", "v2", "v3", "chair", "secretary")
    shown = panel and page in ("sheet of V2", "consensus")
    own = who == "v2" and page == "desk"
    assert (SECRET in answer.content.decode()) == (shown or own)


def test_the_chair_sees_how_far_the_sheets_are_without_a_mark(blind: World) -> None:
    written = see(blind, "chair", "readings").content.decode()

    assert "1 of 3" in written  # V1 on Ana
    assert "1 sheet signed of 6 expected." in written


@pytest.mark.parametrize(("page", "sent"), [("marks", {"C1a": "9"}), ("signature", {})])
@pytest.mark.parametrize("who", ["chair", "secretary", "officer", "auditor", "observer", "ana", "stranger"])
def test_nobody_writes_for_an_evaluator(blind: World, who: str, page: str, sent: dict[str, str]) -> None:
    before = list(scores(blind).order_by("pk").values_list("mark", flat=True))

    answer = Visit(blind[who], blind.call).post(address(blind, "desk") + page, **sent)

    assert answer.status_code == NO
    assert list(scores(blind).order_by("pk").values_list("mark", flat=True)) == before


def test_an_evaluator_writes_on_the_own_sheet_whatever_the_address(blind: World) -> None:
    Visit(blind["v3"], blind.call).post(address(blind, "desk") + "marks", **{"C1a": "9", "C1a-text": "Mine."})

    assert scores(blind).get(comment="Mine.").sheet.member == blind.seat("v3")
    assert not scores(blind).filter(comment=SECRET, mark=9).exists()


def test_who_replaces_a_member_sees_nothing_before_the_own_sheets_are_signed(open_panel: World) -> None:
    world = open_panel
    seat_member(world, "v4")
    declare_impartiality(call=world.fresh(), actor=world["v4"], now=clock.now())
    for page in ("sheet of V2", "consensus", "interviews", "report"):
        assert see(world, "v4", page).status_code == NO
    assert SECRET not in see(world, "v4", "readings").content.decode()

    for applicant in ("ana", "ben"):
        fill(world, "v4", applicant)
        sign(world, "v4", applicant)

    assert SECRET in see(world, "v4", "consensus").content.decode()


def test_marks_of_the_interviews_are_shared_when_all_are_in(open_panel: World) -> None:
    world = open_panel
    start_interviews(call=world.fresh(), actor=world["chair"], now=clock.now())
    schedule_interview(
        application=world.application("ana"), takes_place_at=clock.now() + timedelta(minutes=1), place="Room 2",
        actor=world["chair"], now=clock.now(),
    )  # fmt: skip
    clock.set_to(clock.now() + timedelta(hours=1))
    world.fresh()
    fill(world, "v2", "ana", {"C3": "6.75"}, comment=HEARD, stage=Stage.INTERVIEW)
    sign(world, "v2", "ana", stage=Stage.INTERVIEW)
    assert scores(world).filter(comment=HEARD).exists()

    for who in ("v1", "chair", "secretary"):
        for page in PAGES:
            assert HEARD not in see(world, who, page).content.decode(), (who, page)
        answer = Visit(world[who], world.call).get(address(world, "sheet of V2") + "?stage=interview")
        assert HEARD not in answer.content.decode()
        assert SECRET in see(world, who, "consensus").content.decode()


def test_a_member_who_left_finds_no_page(open_panel: World) -> None:
    world = open_panel
    declare_impartiality(
        call=world.fresh(), actor=world["v3"], now=clock.now(), conflict=True,
        with_applications=[world.application("ana")], statement="We wrote a study together last year.",
    )  # fmt: skip

    assert {see(world, "v3", page).status_code for page in PAGES} == {NO}


def test_the_log_and_the_papers_say_nothing_before(blind: World) -> None:
    for who in ("officer", "auditor", "chair", "v1"):
        for page in ("log/", "papers/", ""):
            answer = Visit(blind[who], blind.call).get(page)
            assert SECRET not in answer.content.decode()
            assert "7.25" not in answer.content.decode()
