"""What is typed into a draft: read as people write it, saved by a script, shown again when it cannot be read or is late."""

from __future__ import annotations

from decimal import Decimal

import pytest

from procurement.actions.drafting import seen_of
from tests.procurement.drafts import office
from tests.procurement.web.draft_parts import BUDGET, SCRIPT, criteria
from tests.procurement.web.visits import text_of, visit

pytestmark = pytest.mark.django_db


def test_figures_are_read_as_people_write_them() -> None:
    world = office()
    visit(world).post("draft/budget/", **BUDGET)

    assert world.fresh().ceiling_amount == Decimal("15000.50")


def test_a_script_is_told_when_it_was_saved_and_what_follows() -> None:
    world = office()
    rows = [
        {"code": "C1", "title_fr": "Méthode", "maximum": "60"},
        {"is_part": "on", "title_fr": "a", "maximum": "40"},
        {"title_fr": "Prix", "maximum": "30"},
    ]
    said = visit(world).client.post(f"/calls/{world.call.reference}/draft/criteria/", criteria(*rows), **SCRIPT).json()

    assert said["saved_at"].endswith("+01:00")
    assert said["seen"] == seen_of(world.fresh(), "criteria")
    assert said["errors"] == {}
    assert said["live"] == {
        "total": "90 / 100",
        "sum-criteria-0": "40 / 60",
        "sum-criteria-1": "",
        "sum-criteria-2": "",
    }
    assert "The maxima of the criteria add up to 90" in said["missing"][0]
    assert list(world.call.criteria.values_list("code", "parent__code")) == [("C1", None), ("C1a", "C1"), ("C2", None)]


def test_what_cannot_be_read_comes_back_as_it_was_typed_with_its_error() -> None:
    world = office()
    answer = visit(world).post("draft/budget/", **{**BUDGET, "ceiling_amount": "quatorze mille", "person_days": "many"})

    assert answer.status_code == 422
    assert "quatorze mille" in answer.content.decode()
    again = visit(world).get("draft/budget/").content.decode()
    assert 'value="quatorze mille"' in again
    assert "Write a figure, for example 14000" in again
    assert 'href="#id_ceiling_amount"' in again
    assert "Budget and ceiling Something that was typed cannot be read" in text_of(visit(world).get("draft/"))
    assert world.fresh().ceiling_amount == Decimal(14000)


def test_a_script_keeps_what_cannot_be_read_too() -> None:
    world = office()
    path = f"/calls/{world.call.reference}/draft/budget/"
    said = visit(world).client.post(path, {**BUDGET, "ceiling_amount": "abc"}, **SCRIPT).json()

    assert list(said["errors"]) == ["ceiling_amount"]
    assert 'value="abc"' in visit(world).get("draft/budget/").content.decode()


def test_a_part_changed_in_another_window_is_shown_and_not_overwritten() -> None:
    world = office()
    seen = visit(world).get("draft/budget/").context["seen"]
    visit(world).post("draft/budget/", **BUDGET, seen=seen)

    answer = visit(world).post("draft/budget/", **{**BUDGET, "ceiling_amount": "9999"}, seen=seen)
    assert answer.status_code == 409
    assert "saved from elsewhere meanwhile" in text_of(answer)
    assert 'value="9999"' in answer.content.decode()
    assert world.fresh().ceiling_amount == Decimal("15000.50")
    path = f"/calls/{world.call.reference}/draft/budget/"
    said = visit(world).client.post(path, {**BUDGET, "seen": seen}, **SCRIPT)
    assert said.status_code == 409
    assert "meanwhile" in said.json()["sentence"]

    visit(world).post("draft/budget/", **{**BUDGET, "ceiling_amount": "9999"}, seen=answer.context["seen"])
    assert world.fresh().ceiling_amount == Decimal(9999)


def test_a_draft_that_was_sent_meanwhile_keeps_what_was_typed_on_the_page() -> None:
    world = office("in_review")
    answer = visit(world).post("draft/budget/", **BUDGET)

    assert answer.status_code == 409
    assert "This call is no longer a draft" in text_of(answer)
    assert 'value="15 000,50"' in answer.content.decode()
