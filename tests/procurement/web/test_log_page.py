"""The log's page: filters, pages, and a table to take away that no spreadsheet will compute."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from procurement.web.log import harmless
from tests.procurement.awards import GRENOBLE, priced, ranked
from tests.procurement.committees import World, closed_call, kept
from tests.procurement.web.visits import Visit, text_of
from workflow import audit, clock

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def opened(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    yield from kept(django_db_blocker, lambda: priced({"ana": GRENOBLE["ana"]}))


@pytest.fixture
def world(opened: World, db: None) -> World:
    return opened.again()


def see(world: World, who: str, path: str = "log/") -> Any:
    return Visit(world[who], world.fresh()).get(path)


def rows(world: World, path: str) -> list[dict[str, str]]:
    answer = see(world, "officer", path)
    text = b"".join(answer.streaming_content).decode().removeprefix("\ufeff")
    return list(csv.DictReader(io.StringIO(text)))


def test_officers_and_the_auditor_open_it(world: World) -> None:
    assert {who: see(world, who).status_code for who in ("officer", "auditor", "chair", "authority", "ana")} == {
        "officer": 200, "auditor": 200, "chair": 404, "authority": 404, "ana": 404,
    }  # fmt: skip


def test_acts_are_named_and_refusals_are_marked(world: World) -> None:
    ranked(world)
    Visit(world["v1"], world.fresh()).post("ranking/run")
    said = text_of(see(world, "officer"))
    assert "Calculation stored" in said
    assert "Refused PERMISSION" in said or "Refused MOVE" in said


def test_filters_by_act_person_outcome_and_day(world: World) -> None:
    ranked(world)
    everything = rows(world, "log/events.csv")
    ranking = rows(world, "log/events.csv?act=run_engine")
    assert len(everything) > len(ranking) == 1
    by_person = rows(world, f"log/events.csv?person={world['secretary'].pk}")
    assert {one["person"] for one in by_person} == {"Secretary Member"}
    assert {one["person"] for one in rows(world, "log/events.csv?person=clock")} == {""}
    assert {one["outcome"] for one in rows(world, "log/events.csv?outcome=refused")} <= {"refused"}
    tomorrow = (clock.now() + timedelta(days=1)).date()
    assert rows(world, f"log/events.csv?since={tomorrow}") == []
    assert len(rows(world, f"log/events.csv?until={tomorrow}")) == len(everything)


def test_a_filter_that_is_not_understood_keeps_everything(world: World) -> None:
    assert len(rows(world, "log/events.csv?act=nothing&since=never&person=x")) == len(rows(world, "log/events.csv"))


def test_before_the_opening_the_table_holds_nobody_who_applied(db: None) -> None:
    world = closed_call(in_time=("ana",), late=("lou",))
    written = rows(world, "log/events.csv")
    assert written
    assert not {"Ana Applicant", "Lou Applicant"} & {one["person"] for one in written}
    page = see(world, "officer").content.decode()
    assert "Ana Applicant" not in page
    assert "submit" not in page.replace('type="submit"', "").replace("submitted", "")


def test_no_cell_is_a_formula(world: World) -> None:
    world["officer"].full_name = "=HYPERLINK(1)"
    world["officer"].save()
    audit.record(world.call, "change_draft", actor=world["officer"], now=clock.now(), details={"reason": "x"})
    written = rows(world, "log/events.csv?act=change_draft")
    assert written[0]["person"] == "'=HYPERLINK(1)"
    assert [harmless(cell) for cell in ("=1", "+1", "-1", "@x", "\tx", "plain")] == [
        "'=1", "'+1", "'-1", "'@x", "'\tx", "plain",
    ]  # fmt: skip


def test_a_page_holds_fifty_events_at_a_constant_cost(world: World) -> None:
    counts = []
    for more in (0, 120):
        for at in range(more):
            audit.record(world.call, f"act_{at % 3}", actor=world["officer"], now=clock.now())
        visit = Visit(world["officer"], world.fresh())
        with CaptureQueriesContext(connection) as asked:
            page = visit.get("log/")
        counts.append(len(asked))
    assert counts[0] >= counts[1]
    assert page.content.decode().count('data-l="When"') == 50
    assert "Page 1 of" in text_of(page)


def test_what_an_event_is_about_is_named_in_the_language_of_the_reader(world: World) -> None:
    seat = Visit(world["auditor"], world.fresh())
    seat.client.cookies["language"] = "fr"
    said = text_of(seat.get("log/?act=write_paper")) + text_of(seat.get("log/?act=sign"))
    for about in ("Déclaration d’impartialité Présidence", "V1 E1"):
        assert about in said, about
    assert "impartialité Chair" not in said
