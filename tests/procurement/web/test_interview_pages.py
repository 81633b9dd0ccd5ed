"""Interviews as the panel meets them: the shortlist, an hour in the zone of the call, begun and ended."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from procurement.actions.hold_interviews import start_interviews
from procurement.enums import Stage
from procurement.models import Interview
from tests.procurement.committees import VOTING, World, kept
from tests.procurement.panels import fill, sign
from tests.procurement.web.panel_pages import agreed, disputed, see, send
from tests.procurement.web.visits import Visit, text_of
from workflow import clock

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def sharing(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    yield from kept(django_db_blocker, disputed)


@pytest.fixture
def world(sharing: World, db: None) -> World:
    return sharing.again()


def test_the_shortlist_is_shown_before_anybody_is_invited(world: World) -> None:
    text = text_of(see(world, "chair", "interviews/"))

    assert "Reach the mark, 1 E1" in text
    assert "Below the mark, 1 E2" in text
    assert "Invite to the interviews" in text
    assert "Invite to the interviews" not in text_of(see(world, "v1", "interviews/"))


def begin(world: World) -> str:
    world.call = start_interviews(call=world.fresh(), actor=world["chair"], now=clock.now())
    return f"interviews/{world.applications['ana'].reference}/hour"


def typed_hour(world: World, **hour: str) -> dict[str, str]:
    sent = {"hour_0": "2030-03-20", "hour_1": "10:30", "place": "Room 2", **hour}
    return {f"E1-{name}": value for name, value in sent.items()}


def test_an_interview_is_set_in_the_zone_of_the_call(world: World) -> None:
    path = begin(world)

    answer = Visit(world["secretary"], world.call).post(path, **typed_hour(world))

    assert answer.status_code == 302
    held = Interview.objects.get(application=world.applications["ana"])
    assert (held.takes_place_at.isoformat(), held.place) == ("2030-03-20T09:30:00+00:00", "Room 2")
    assert "Wednesday 20 March 2030, 10:30" in text_of(see(world, "v1", "interviews/"))


@pytest.mark.parametrize(
    ("hour", "said"),
    [
        ({"hour_0": "2030-03-31", "hour_1": "02:30"}, "the clocks go forward and 02:30 does not exist"),
        ({"hour_0": "2030-10-27", "hour_1": "02:30"}, "the clocks go back and 02:30 comes twice"),
        ({"hour_0": "2020-03-20"}, "The interview must take place later than now."),
        ({"hour_0": ""}, "Date and hour: "),
        ({"place": ""}, "This field is required."),
    ],
)
def test_an_hour_that_cannot_be_is_said_and_what_was_typed_stays(world: World, hour: dict[str, str], said: str) -> None:
    path = begin(world)

    answer = Visit(world["chair"], world.call).post(path, **typed_hour(world, **hour))

    assert answer.status_code in (400, 409)
    assert said in text_of(answer)
    assert 'value="10:30"' in answer.content.decode() or hour.get("hour_1")
    assert Interview.objects.get(application=world.applications["ana"]).takes_place_at is None


def test_only_who_leads_sets_an_hour(world: World) -> None:
    path = begin(world)

    assert Visit(world["v1"], world.call).post(path, **typed_hour(world)).status_code == 403
    assert Visit(world["officer"], world.call).post(path, **typed_hour(world)).status_code == 404


def test_interviews_begin_and_end_from_the_page(world: World) -> None:
    assert send(world, "chair", "interviews/beginning").status_code == 302
    assert world.fresh().state == "interview"
    Interview.objects.update(takes_place_at=clock.now() - timedelta(minutes=1))
    assert send(world, "chair", "interviews/end").status_code == 409
    for evaluator in VOTING:
        fill(world, evaluator, "ana", {"C3": "8"}, stage=Stage.INTERVIEW)
        sign(world, evaluator, "ana", stage=Stage.INTERVIEW)

    assert send(world, "chair", "interviews/end").status_code == 302
    assert "Mean of the panel: 87.33 out of 100" in text_of(see(world, "v1", agreed(world)))
