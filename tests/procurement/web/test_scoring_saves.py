"""Marks at the desk: typed as people do, saved by script or by button, from two windows, and never lost."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest

from procurement.models import Score
from tests.procurement.committees import World, kept
from tests.procurement.panels import fill, sheet_of
from tests.procurement.web.desks import TYPED, save, stored, with_documents
from workflow import clock
from workflow.models import AuditEvent
from workflow.templatetags.zones import zone_of

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def at_work(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    yield from kept(django_db_blocker, with_documents)


@pytest.fixture
def world(at_work: World, db: None) -> World:
    return at_work.again()


def test_the_script_saves_what_was_typed_and_hears_the_hour(world: World) -> None:
    before = clock.now()

    answer = save(world, C1a="7,5", C1a_text=TYPED)

    said = answer.json()
    assert answer.status_code == 200
    saved_at = datetime.fromisoformat(said["saved_at"])
    assert saved_at.utcoffset() == before.astimezone(zone_of("Europe/Madrid")).utcoffset()
    assert said["errors"] == {}
    assert "1 criterion marked of 3" in said["places"]["progress"]
    assert "These criteria have no mark: C1b, C2." in said["places"]["act"]
    assert stored(world) == {"C1a": ("7.5", TYPED)}


@pytest.mark.parametrize(("typed", "kept_mark"), [("7.5", "7.5"), ("7,5", "7.5"), (" 8 ", "8"), ("0", "0"), ("", "")])
def test_marks_as_people_type_them(world: World, typed: str, kept_mark: str) -> None:
    save(world, C1a=typed, C1a_text=TYPED)

    assert stored(world) == {"C1a": (kept_mark, TYPED)}


@pytest.mark.parametrize("typed", ["eight", "NaN", "7.555", "--", "Infinity"])
def test_what_is_no_mark_is_said_and_the_text_beside_it_is_kept(world: World, typed: str) -> None:
    said = save(world, C1a=typed, C1a_text=TYPED).json()

    assert len(said["errors"]["C1a"]) == 1
    assert stored(world) == {"C1a": ("", TYPED)}


def test_a_mark_above_the_maximum_is_a_sentence_and_nothing_is_lost(world: World) -> None:
    fill(world, "v1", "ana", {"C1b": "12"})

    said = save(world, C1a="8", C1b="17", C1b_text=TYPED, C2="60").json()

    assert said["errors"] == {"C1b": ["C1b: a mark lies between 0 and 15."]}
    assert stored(world) == {"C1a": ("8", ""), "C1b": ("12", TYPED), "C2": ("60", "")}


def test_without_script_the_typed_mark_stands_beside_its_error(world: World) -> None:
    answer = save(world, script=False, C1b="17", C1b_text=TYPED)

    page = answer.content.decode()
    assert answer.status_code == 409
    assert 'value="17"' in page
    assert "C1b: a mark lies between 0 and 15." in page
    assert stored(world) == {"C1b": ("", TYPED)}


def test_without_script_one_button_saves_all(world: World) -> None:
    answer = save(world, script=False, C1a="8", C1a_text=TYPED, C1b="12", C2="60", general="Sound.")

    assert answer.status_code == 302
    assert stored(world) == {"C1a": ("8", TYPED), "C1b": ("12", ""), "C2": ("60", "")}
    assert sheet_of(world, "v1", "ana").general_comment == "Sound."


def test_what_did_not_change_leaves_no_event(world: World) -> None:
    save(world, C1a="8", C1a_text=TYPED)
    save(world, C1a="8.00", C1a_text=TYPED + "\r\n")

    assert AuditEvent.objects.filter(act="save_mark").count() == 1


def test_another_window_is_neither_undone_nor_overwritten_unseen(world: World) -> None:
    first = save(world, C1a="5", C1b="5").json()["versions"]
    save(world, C1a="8")  # the second window

    said = save(world, C1a="5", C1a_seen=first["C1a"], C1b="6", C1b_seen=first["C1b"]).json()
    assert said["errors"] == {}
    assert said["renewed"]["C1a"]["mark"] == "8"
    assert set(said["versions"]) == {"C1b"}
    assert stored(world) == {"C1a": ("8", ""), "C1b": ("6", "")}  # the first window had not touched C1a

    said = save(world, C1a="3", C1a_seen=first["C1a"]).json()
    assert said["errors"]["C1a"] == [
        "Changed in another window since: 8 is stored. What you typed stands here; save it again to replace that."
    ]
    assert "C1a" not in said["versions"]
    assert stored(world)["C1a"] == ("8", "")

    save(world, C1a="3", C1a_seen=said["elsewhere"]["C1a"])
    assert stored(world)["C1a"] == ("3", "")


def test_a_forged_state_or_criterion_changes_nothing(world: World) -> None:
    save(world, C1="25", C9="1", state="signed", total="100", version="7")

    sheet = sheet_of(world, "v1", "ana")
    assert (sheet.state, sheet.version) == ("draft", 1)
    assert stored(world) == {}


def test_marks_are_exact_decimals(world: World) -> None:
    save(world, C1a="7.35")

    assert Score.objects.get(sheet=sheet_of(world, "v1", "ana")).mark == Decimal("7.35")
