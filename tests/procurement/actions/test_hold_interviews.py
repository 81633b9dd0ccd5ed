"""Interviews: the shortlist is computed, hours exist once only, marks stay blind until they are over."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from procurement.actions.hold_interviews import end_interviews, schedule_interview, start_interviews
from procurement.enums import Stage
from procurement.models import Interview, ScoreSheet
from tests.procurement.committees import VOTING, World, kept
from tests.procurement.panels import GOOD, POOR, fill, hear, score, scoring, sheet_of, sign
from workflow import clock
from workflow.models import OutboxMessage
from workflow.refusals import NotPermitted, Refused

pytestmark = pytest.mark.django_db
MADRID = ZoneInfo("Europe/Madrid")


def shortlisting() -> World:
    """Ana has 80 on file, Ben 62; from 62.01 one is heard."""
    world = scoring(interview=True, rules={"shortlist_mark": "62.01"})
    return score(world, {"ana": GOOD, "ben": POOR})


@pytest.fixture(scope="module")
def sharing(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    yield from kept(django_db_blocker, shortlisting)


@pytest.fixture
def world(sharing: World, db: None) -> World:
    return sharing.again()


def start(world: World, who: str = "chair") -> None:
    world.call = start_interviews(call=world.fresh(), actor=world[who], now=clock.now())


def schedule(
    world: World, applicant: str = "ana", *, who: str = "secretary", place: str = "Room 2", at: Any = None
) -> Interview:
    hour = at or clock.now() + timedelta(hours=1)
    return schedule_interview(
        application=world.application(applicant), takes_place_at=hour, place=place, actor=world[who], now=clock.now()
    )


def test_code_decides_who_is_heard(world: World) -> None:
    start(world)

    assert world.call.state == "interview"
    assert list(Interview.objects.values_list("application", flat=True)) == [world.applications["ana"].pk]
    sheets = ScoreSheet.objects.filter(stage=Stage.INTERVIEW)
    assert {(one.member.user, one.application_id) for one in sheets} == {
        (world[who], world.applications["ana"].pk) for who in VOTING
    }
    assert OutboxMessage.objects.filter(payload__kind="interviews_started").count() == 3


def test_the_mark_itself_is_enough(world: World) -> None:
    world.call.rules["shortlist_mark"] = "62"
    world.call.save()
    start(world)

    assert Interview.objects.count() == 2


def test_nobody_is_invited_where_nobody_reaches_the_mark(world: World) -> None:
    world.call.rules["shortlist_mark"] = "85"
    world.call.save()

    with pytest.raises(Refused) as refused:
        start(world)

    assert refused.value.codes == ["PAN-12"]


@pytest.mark.parametrize("who", ["v1", "officer", "observer"])
def test_the_chair_or_the_secretary_leads_them(world: World, who: str) -> None:
    with pytest.raises(NotPermitted):
        start(world, who)
    start(world)
    with pytest.raises(NotPermitted):
        schedule(world, who=who)


def test_the_applicant_is_told_each_hour(world: World) -> None:
    start(world)
    schedule(world)
    schedule(world, at=clock.now() + timedelta(hours=3))

    told = OutboxMessage.objects.filter(payload__kind="interview")
    assert [message.payload["user_id"] for message in told] == [world["ana"].pk] * 2


@pytest.mark.parametrize(
    ("hour", "place", "code"),
    [
        (timedelta(hours=-1), "Room 2", "INT-03"),
        (timedelta(hours=1), "   ", "INT-05"),
        (datetime(2030, 10, 27, 2, 30, tzinfo=MADRID), "Room 2", "INT-04"),
    ],
)
def test_an_hour_that_cannot_be_kept_is_refused(world: World, hour: Any, place: str, code: str) -> None:
    start(world)
    at = hour if isinstance(hour, datetime) else clock.now() + hour

    with pytest.raises(Refused) as refused:
        schedule(world, at=at, place=place)

    assert refused.value.codes == [code]
    assert Interview.objects.get().takes_place_at is None


def test_who_is_not_invited_has_no_hour(world: World) -> None:
    start(world)

    with pytest.raises(Refused) as refused:
        schedule(world, "ben")

    assert refused.value.codes == ["INT-02"]


def test_a_sheet_is_signed_after_the_interview_only(world: World) -> None:
    start(world)
    schedule(world)
    fill(world, "v1", "ana", {"C3": "8"}, stage=Stage.INTERVIEW)

    with pytest.raises(Refused) as refused:
        sign(world, "v1", "ana", stage=Stage.INTERVIEW)
    assert refused.value.codes == ["SHT-09"]

    clock.set_to(clock.now() + timedelta(hours=2))
    assert sign(world, "v1", "ana", stage=Stage.INTERVIEW).state == "signed"


def test_they_end_when_every_sheet_is_signed_and_are_held_once(world: World) -> None:
    start(world)
    with pytest.raises(Refused) as missing:
        end_interviews(call=world.fresh(), actor=world["chair"], now=clock.now())
    assert missing.value.codes == ["PAN-13"]
    schedule(world)
    clock.set_to(clock.now() + timedelta(hours=2))
    for evaluator in VOTING:
        fill(world, evaluator, "ana", {"C3": "8"}, stage=Stage.INTERVIEW)
        sign(world, evaluator, "ana", stage=Stage.INTERVIEW)

    assert end_interviews(call=world.fresh(), actor=world["chair"], now=clock.now()).state == "consensus"

    with pytest.raises(Refused) as again:
        start(world)
    assert again.value.codes == ["PAN-11"]


def test_the_sheets_on_file_stay_signed(world: World) -> None:
    hear(world, "ana")

    assert sheet_of(world, "v1", "ana").state == "signed"
