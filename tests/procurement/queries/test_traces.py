"""Rows and events tell the same story: what has no event, and what an event speaks of and is not there, is named."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from procurement.actions.discard_draft import discard_draft
from procurement.actions.start_application import start_application
from procurement.models import Call
from tests.procurement.applying import BEFORE, open_call, person
from tests.procurement.awards import GRENOBLE, built, decided, ranked
from tests.procurement.committees import World, kept
from tests.workflow.log.logs import undone, without_triggers
from workflow.log.rows import breaches

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def awarded(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    yield from kept(django_db_blocker, lambda: built({"ana": GRENOBLE["ana"]}, ranked, decided))


@pytest.fixture
def world(awarded: World, db: None) -> World:
    return awarded.again()


def test_a_call_that_was_walked_to_its_award_has_nothing_to_hide(world: World) -> None:
    assert Call.objects.get(pk=world.call.pk).awards.count() == 1
    assert list(breaches()) == []


def after(statement: str) -> list[str]:
    """Return what is found once somebody with every right has done this; it is undone."""
    with undone():
        without_triggers(statement)
        return list(breaches())


TRACED = ["submission", "openingsession", "presence", "enginerun", "award", "paper", "signature"]


@pytest.mark.parametrize("table", [f"procurement_{name}" for name in TRACED])
def test_a_row_taken_away_is_missed_by_its_event(world: World, table: str) -> None:
    found = after(f"DELETE FROM {table} WHERE id = (SELECT max(id) FROM {table})")
    assert [one.split()[0] for one in found] == [table]
    assert "of which an event speaks, is gone" in found[0]


@pytest.mark.parametrize("table", [f"procurement_{name}" for name in TRACED])
def test_a_row_without_its_event_is_named(world: World, table: str) -> None:
    found = after(f"UPDATE {table} SET id = 987654 WHERE id = (SELECT max(id) FROM {table})")
    assert f"{table} 987654 has no event." in found


@pytest.mark.parametrize("table", ["procurement_call", "procurement_application", "procurement_scoresheet"])
def test_a_state_that_no_event_brought_about_is_named(world: World, table: str) -> None:
    found = after(f"UPDATE {table} SET state = 'draft'")
    assert found
    assert all(one.startswith(table) and "is “draft”, which is not what its last event says" in one for one in found)


def test_a_sheet_that_was_signed_and_is_gone_is_missed(world: World) -> None:
    found = after("DELETE FROM procurement_scoresheet WHERE state = 'signed'")
    assert found
    assert all(one.startswith("procurement_scoresheet") and one.endswith("is gone.") for one in found)


def test_a_draft_may_go_because_its_event_says_so(db: None) -> None:
    ana = person("Ana Begins")
    draft = start_application(call=open_call(), actor=ana, now=BEFORE)
    discard_draft(application=draft, actor=ana, now=BEFORE)
    assert list(breaches()) == []


def test_an_erased_body_excuses_one_row_that_it_named(world: World) -> None:
    assert after("UPDATE workflow_auditevent SET details = '{\"erased\": true}' WHERE act = 'submit'") == []
    found = after("DELETE FROM workflow_auditevent WHERE act = 'submit'")
    assert any(one.startswith("procurement_submission") for one in found)
