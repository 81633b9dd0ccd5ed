"""The draft as pages: a task list, parts that save themselves, rows without JavaScript, bad input that is not lost."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from procurement.actions.drafting import seen_of
from tests.procurement.drafts import Office, local, office
from tests.procurement.web.visits import Visit, text_of

pytestmark = pytest.mark.django_db
SCRIPT = {"HTTP_ACCEPT": "application/json", "HTTP_X_AUTOSAVE": "1"}
BUDGET = {
    "ceiling_mode": "public_binding",
    "ceiling_amount": "15 000,50",
    "currency": "EUR",
    "tax": "excluded",
    "person_days": "40",
}


def visit(world: Office, who: str = "officer") -> Visit:
    return Visit(world.cast[who], world.call)


def row(prefix: str, *rows: dict[str, Any], **more: Any) -> dict[str, Any]:
    fields = {f"{prefix}-{at}-{name}": value for at, one in enumerate(rows) for name, value in one.items()}
    return {f"{prefix}-TOTAL_FORMS": len(rows), f"{prefix}-INITIAL_FORMS": 0, **fields, **more}


def criteria(*rows: dict[str, Any], **more: Any) -> dict[str, Any]:
    return row("criteria", *rows, **more)


def test_the_list_says_the_state_of_each_part_and_what_is_missing() -> None:
    world = office()
    page = text_of(visit(world).get("draft/"))

    assert "8 parts of 10 are complete" in page
    assert "Committee Not started" in page
    assert "Key holders and quorum Key holders are members of the committee: appoint it first. Cannot start yet" in page
    assert "Not possible yet: The committee needs one chair and one secretary." in page


def test_each_missing_condition_leads_to_its_part() -> None:
    world = office()
    world.call.criteria.all().delete()
    page = visit(world).get("draft/").content.decode()

    assert f'<a href="/calls/{world.call.reference}/draft/criteria/">Add at least one criterion.</a>' in page
    assert f'<a href="/calls/{world.call.reference}/committee/">The committee needs one chair' in page


@pytest.mark.parametrize(
    "part", ["identity", "budget", "terms", "deliverables", "criteria", "rules", "documents", "timeline"]
)
def test_every_part_has_its_page_and_saves_what_it_shows(part: str) -> None:
    world = office()
    page = visit(world).get(f"draft/{part}/")
    shown = page.context["form"]
    before = {
        name: getattr(world.call, name)
        for name in ("title", "terms", "ceiling_amount", "deadline", "contract_at", "rules")
    }
    rows = [
        list(world.call.criteria.values_list("code", "maximum", "parent__code")),
        list(world.call.requirements.values_list("code", "formats", "completable")),
    ]

    sent = fields_of(shown)
    answer = visit(world).post(f"draft/{part}/", seen=page.context["seen"], **sent)

    assert answer.status_code == 302, answer.context["errors"]
    call = world.fresh()
    assert {name: getattr(call, name) for name in before if name != "rules"} == {
        k: v for k, v in before.items() if k != "rules"
    }
    assert call.rules["threshold"] == before["rules"]["threshold"]
    assert [
        list(call.criteria.values_list("code", "maximum", "parent__code")),
        list(call.requirements.values_list("code", "formats", "completable")),
    ] == rows


def fields_of(form: Any) -> dict[str, Any]:
    """Return what a browser would send of a page as it is."""
    sent: dict[str, Any] = {}
    tables = getattr(form, "tables", [])
    for table in tables:
        sent |= {f"{table.prefix}-TOTAL_FORMS": len(table.forms), f"{table.prefix}-INITIAL_FORMS": len(table.forms)}
    for one in [form, *(each for table in tables for each in table.forms)]:
        for bound in one:
            value = bound.value()
            if hasattr(bound.field.widget, "decompress"):
                day, hour = bound.field.widget.decompress(value)
                sent |= {
                    f"{bound.html_name}_0": f"{day:%Y-%m-%d}" if day else "",
                    f"{bound.html_name}_1": f"{hour:%H:%M}" if hour else "",
                }
            elif value not in (None, False):
                sent[bound.html_name] = value
    return sent


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


def test_a_change_of_the_rules_asks_for_its_reason_on_the_same_page() -> None:
    world = office()
    sent = fields_of(visit(world).get("draft/rules/").context["form"]) | {"threshold": "70"}
    answer = visit(world).post("draft/rules/", **sent)
    assert answer["Location"].endswith("/draft/rules/")

    page = text_of(visit(world).get("draft/rules/"))
    assert "The rule set says: 75" in page
    assert "give the reason for each of them (threshold)" in page

    visit(world).post("draft/rules/", **sent | {"reason_threshold": "Peu de personnes ont cette expérience."})
    assert world.fresh().rules["reasons"]["threshold"] == "Peu de personnes ont cette expérience."


def test_weights_are_written_in_per_cent_and_kept_as_shares() -> None:
    world = office()
    sent = fields_of(visit(world).get("draft/rules/").context["form"])
    assert (sent["technical_weight"], sent["financial_weight"]) == ("80", "20")
    visit(world).post("draft/rules/", **sent | {"technical_weight": "75,5", "financial_weight": "24.5"})

    assert (world.fresh().rules["technical_weight"], world.call.rules["financial_weight"]) == ("0.755", "0.245")


def test_another_rule_set_gives_its_usual_values() -> None:
    world = office()
    visit(world).post("draft/preset", preset="points")

    assert (world.fresh().preset, world.call.rules["technical_weight"]) == ("points", "70")
    assert visit(world).get("draft/rules/").context["form"]["technical_weight"].value() == "70"
    assert visit(world).post("draft/preset", preset="forged").status_code == 404


def test_a_new_language_asks_for_its_texts() -> None:
    world = office()
    sent = fields_of(visit(world).get("draft/identity/").context["form"]) | {"languages": ["fr", "en"]}
    answer = visit(world).post("draft/identity/", **sent)
    assert answer["Location"].endswith("/draft/identity/")

    assert 'name="title_en"' in visit(world).get("draft/identity/").content.decode()
    assert 'name="context_en"' in visit(world).get("draft/terms/").content.decode()
    assert "These texts are still missing: title, context, tasks." in text_of(visit(world).get("draft/"))


def test_the_authentic_language_is_one_of_the_notice() -> None:
    world = office()
    sent = fields_of(visit(world).get("draft/identity/").context["form"]) | {"language": "en"}

    assert visit(world).post("draft/identity/", **sent).status_code == 422
    assert world.fresh().language == "fr"


def test_approvers_and_auditors_read_the_notice_instead_of_the_parts() -> None:
    world = office()

    for who in ("approver", "authority", "auditor"):
        assert "Rule set" in text_of(visit(world, who).get("draft/"))
        assert visit(world, who).get("draft/budget/").status_code == 302
        assert visit(world, who).post("draft/budget/", **BUDGET).status_code == 403
    assert world.fresh().ceiling_amount == Decimal(14000)


def test_strangers_and_applicants_find_nothing() -> None:
    world = office()

    for path in ("draft/", "draft/budget/", "draft/preview/", "review/", "committee/", "keys/", ""):
        assert visit(world, "E2").get(path).status_code == 404, path
        assert Visit(None, world.call).get(path).status_code == 302, path
    assert visit(world, "E2").post("draft/budget/", **BUDGET).status_code == 404
    assert visit(world).get("draft/nothing/").status_code == 404


def test_a_draft_that_was_sent_meanwhile_keeps_what_was_typed_on_the_page() -> None:
    world = office("in_review")
    answer = visit(world).post("draft/budget/", **BUDGET)

    assert answer.status_code == 409
    assert "This call is no longer a draft" in text_of(answer)
    assert 'value="15 000,50"' in answer.content.decode()


def test_the_preview_shows_what_the_public_will_see() -> None:
    world = office()
    page = text_of(visit(world).get("draft/preview/"))

    assert "80% technical, 20% price" in page
    assert "Réunion de cadrage" in page
    assert "Nothing is published yet." in page
