"""The draft as pages: a task list, a page for each part, the notice for who only reads, nothing for strangers."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.procurement.drafts import office
from tests.procurement.web.draft_parts import BUDGET, fields_of
from tests.procurement.web.visits import Visit, text_of, visit

pytestmark = pytest.mark.django_db


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


def test_the_preview_shows_what_the_public_will_see() -> None:
    world = office()
    page = text_of(visit(world).get("draft/preview/"))

    assert "80% technical, 20% price" in page
    assert "Réunion de cadrage" in page
    assert "Nothing is published yet." in page
