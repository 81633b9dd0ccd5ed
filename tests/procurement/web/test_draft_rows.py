"""Rows of a draft without JavaScript: added, taken away, dropped when blank, and forged."""

from __future__ import annotations

import pytest

from tests.procurement.drafts import office
from tests.procurement.web.draft_parts import criteria, row
from tests.procurement.web.visits import text_of, visit

pytestmark = pytest.mark.django_db


def test_rows_are_added_and_taken_away_by_plain_buttons() -> None:
    world = office()
    client = visit(world)
    rows = [
        {"code": "L1", "title_fr": "Note", "week": "3", "payment": "40"},
        {"code": "L2", "title_fr": "Profil", "payment": "60"},
    ]

    added = client.post("draft/deliverables/", **row("deliverables", *rows, add="deliverables"))
    assert added.status_code == 200
    assert len(added.context["form"].tables[0].forms) == 3
    assert list(world.fresh().deliverables.values_list("code", "week")) == [("L1", 3), ("L2", None)]

    client.post("draft/deliverables/", **row("deliverables", *rows, remove="deliverables-0"))
    assert list(world.fresh().deliverables.values_list("code", flat=True)) == ["L2"]


@pytest.mark.parametrize("press", ["", "add", "remove"])
def test_rows_that_are_as_they_were_saved_stay_whole(press: str) -> None:
    world = office()
    rows = [{"code": code, "title_fr": f"Livrable {code}", "week": "3", "payment": "20"} for code in ("L1", "L2", "L3")]
    sent = row("deliverables", *rows)  # as on a page to which a row was added: every row counts as new
    visit(world).post("draft/deliverables/", **sent)
    button = {"": {}, "add": {"add": "deliverables"}, "remove": {"remove": "deliverables-2"}}[press]
    visit(world).post("draft/deliverables/", **sent, **button)

    left = rows[:2] if press == "remove" else rows
    stored = world.fresh().deliverables.values_list("code", "title__fr", "week")
    assert list(stored) == [(one["code"], one["title_fr"], 3) for one in left]


def test_a_part_is_added_under_its_criterion() -> None:
    world = office()
    rows = [{"code": "C1", "title_fr": "A", "maximum": "60"}, {"code": "C2", "title_fr": "B", "maximum": "40"}]
    page = visit(world).post("draft/criteria/", **criteria(*rows, add="criteria-0"))
    parts = [form["is_part"].value() for form in page.context["form"].tables[0].forms]

    assert [bool(part) for part in parts] == [False, True, False]


def test_blank_rows_are_dropped_and_codes_given() -> None:
    world = office()
    rows = [
        {"code": "", "title_fr": "Lettre"},
        {"code": "", "title_fr": "  "},
        {"code": "A1", "title_fr": "CV", "formats": ["pdf", "docx"], "personal": "on"},
    ]
    visit(world).post(
        "draft/documents/", two_envelopes="no", completion_hours="24", **row("technical", *rows), **row("financial")
    )

    assert sorted(world.fresh().requirements.values_list("code", "formats", "personal")) == [
        ("A1", ["pdf", "docx"], True),
        ("A2", [], False),
    ]
    assert world.call.two_envelopes is False


def test_a_code_used_twice_keeps_the_page() -> None:
    world = office()
    rows = [{"code": "C1", "title_fr": "Un seul titre"}, {"code": "C1", "title_fr": "Autre"}]
    answer = visit(world).post("draft/criteria/", **criteria(*rows))

    assert answer.status_code == 409
    assert "These codes are used more than once: C1." in text_of(answer)
    assert "Un seul titre" in answer.content.decode()


def test_forged_numbers_of_rows_do_no_harm() -> None:
    world = office()
    answer = visit(world).post(
        "draft/deliverables/", **{"deliverables-TOTAL_FORMS": "1000000", "deliverables-INITIAL_FORMS": "x"}
    )

    assert answer.status_code == 422
    assert world.fresh().deliverables.count() == 5
    assert visit(world).post("draft/deliverables/").status_code == 422
