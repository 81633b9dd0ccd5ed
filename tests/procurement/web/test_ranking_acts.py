"""Acts from the ranking page: ranked again with a reason, an application excluded, lots drawn."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.procurement.awards import GRENOBLE, Bid, label, priced, ranked
from tests.procurement.committees import World, kept
from tests.procurement.web.visits import Visit, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def opened(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    yield from kept(django_db_blocker, lambda: priced(GRENOBLE, late=("lou",)))


@pytest.fixture
def world(opened: World, db: None) -> World:
    return opened.again()


def see(world: World, who: str, path: str = "ranking/") -> Any:
    return Visit(world[who], world.fresh()).get(path)


def do(world: World, who: str, path: str, **sent: Any) -> Any:
    return Visit(world[who], world.fresh()).post(path, **sent)


def test_ranking_again_keeps_the_reason_typed_when_it_is_too_short(world: World) -> None:
    ranked(world)
    answer = do(world, "chair", "ranking/renewal", reason="too short")
    assert (answer.status_code, "too short" in answer.content.decode()) == (409, True)
    assert "at least 20 characters" in text_of(answer)
    assert do(world, "chair", "ranking/renewal", reason="A second look, as the report asks.").status_code == 302
    said = text_of(see(world, "chair"))
    assert "A second look, as the report asks." in said
    assert "earlier calculation" in text_of(see(world, "chair", "ranking/?run=1"))


def test_an_application_is_excluded_from_a_page_that_asks_why(world: World) -> None:
    ranked(world)
    ben = label(world, "ben")
    assert see(world, "v1", "exclusion/").status_code == 404
    page = see(world, "secretary", "exclusion/")
    assert "everybody else is computed again" in text_of(page)
    short = do(world, "secretary", "exclusion/", application=ben, reason="no")
    assert (short.status_code, f'<option value="{ben}" selected' in short.content.decode()) == (409, True)
    done = do(world, "secretary", "exclusion/", application=ben, reason="A false declaration on honour.")
    assert done.status_code == 302
    assert "A false declaration on honour." in text_of(see(world, "secretary"))


def test_a_drawing_of_lots_is_recorded_on_the_page(db: None) -> None:
    world = priced({"ana": Bid(80), "ben": Bid(80)})
    ranked(world)
    ana, ben = label(world, "ana"), label(world, "ben")
    said = text_of(see(world, "chair"))
    assert "the published rules do not part them" in said
    assert "Draw lots" in said
    assert "Draw lots" not in text_of(see(world, "v1"))
    twice = do(world, "chair", "ranking/draw", place_1=ana, place_2=ana, held="Two papers from a hat, before V1.")
    assert (twice.status_code, "Two papers from a hat" in twice.content.decode()) == (409, True)
    drawn = do(world, "chair", "ranking/draw", place_1=ben, place_2=ana, held="Two papers from a hat, before V1.")
    assert drawn.status_code == 302
    assert f"{ben} comes first" in text_of(see(world, "chair"))
    assert "Two papers from a hat, before V1." in text_of(see(world, "chair"))
