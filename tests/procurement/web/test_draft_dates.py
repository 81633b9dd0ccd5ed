"""The dates of a draft: hours that are none, the zone chosen with them, and those proposed from the deadline."""

from __future__ import annotations

import pytest

from tests.procurement.drafts import local, office
from tests.procurement.web.draft_parts import SCRIPT, fields_of
from tests.procurement.web.visits import text_of, visit

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("day", "hour", "sentence"),
    [("2020-03-29", "02:30", "does not exist"), ("2020-10-25", "02:30", "comes twice"), ("2020-03-12", "", "Give both the day"), ("", "17:00", "Give both the day"), ("2020-02-30", "17:00", "Write the day"), ("2020-03-12", "25:00", "Write the hour")],
)  # fmt: skip
def test_an_hour_that_is_none_is_refused_and_kept(day: str, hour: str, sentence: str) -> None:
    world = office()
    sent = fields_of(visit(world).get("draft/timeline/").context["form"]) | {"deadline_0": day, "deadline_1": hour}
    answer = visit(world).post("draft/timeline/", **sent)

    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert f'value="{day or hour}"' in answer.content.decode()
    assert world.fresh().deadline == local("2020-03-12T17:00")


def test_dates_are_read_in_the_zone_that_is_chosen_with_them() -> None:
    world = office()
    sent = fields_of(visit(world).get("draft/timeline/").context["form"]) | {"timezone": "Asia/Beirut"}
    visit(world).post("draft/timeline/", **sent)

    assert world.fresh().deadline == local("2020-03-12T16:00")


def test_empty_dates_are_filled_with_those_proposed_from_the_deadline() -> None:
    world = office()
    form = visit(world).get("draft/timeline/").context["form"]
    empty = {name: "" for name in fields_of(form) if name.startswith(("opening_at", "decision_at", "contract_at"))}
    answer = visit(world).post("draft/timeline/", **(fields_of(form) | empty | {"fill": "1"}))

    assert answer.status_code == 302
    call = world.fresh()
    assert call.opening_at == local("2020-03-13T10:00")
    assert call.decision_at == local("2020-03-31T12:00")
    assert call.questions_until == local("2020-02-20T17:00")  # was typed: stays


def test_proposals_follow_what_is_typed() -> None:
    world = office()
    sent = fields_of(visit(world).get("draft/timeline/").context["form"]) | {"deadline_0": "2020-03-13"}
    live = visit(world).client.post(f"/calls/{world.call.reference}/draft/timeline/", sent, **SCRIPT).json()["live"]

    assert live["proposed-opening_at"] == "Monday 16 March 2020, 10:00"
    assert live["full-days"] == "38 full days to apply; the rules ask for at least 15."
