"""A draft in a real browser: sums and dates that follow while one writes, rows, the way without JavaScript, a phone."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from playwright.sync_api import expect

from accounts.models import User
from tests.live_browser import accessibility_faults
from tests.procurement.drafts import Office, local, office
from tests.procurement.web.visits import session_cookie
from workflow import clock

pytestmark = pytest.mark.django_db(transaction=True)


def entered(live_browser: Any, user: User, **options: Any) -> Any:
    """Return a page of a browser in which somebody is logged in."""
    page = live_browser.page(language="en", **options)
    cookies = [session_cookie(user), {"name": "language", "value": "en"}]
    page.context.add_cookies([{**cookie, "url": live_browser.address} for cookie in cookies])
    return page


@pytest.fixture
def world(transactional_db: None) -> Office:
    return office("seated")


def test_sums_follow_what_is_typed_and_are_kept(live_browser: Any, world: Office) -> None:
    page = entered(live_browser, world.cast["officer"])
    page.goto(f"/calls/{world.call.reference}/draft/criteria/")
    expect(page.locator("[data-live=total]")).to_have_text("100 / 100")
    page.locator("[name=criteria-0-maximum]").fill("36")

    expect(page.locator("[data-live=total]")).to_have_text("101 / 100")
    expect(page.locator("[data-live=sum-criteria-0]")).to_have_text("35 / 36")
    expect(page.locator("[data-missing]")).to_contain_text("The maxima of the criteria add up to 101")
    expect(page.locator("[data-saved-line]")).to_contain_text("Saved at")
    assert world.fresh().criteria.get(code="C1").maximum == Decimal(36)

    page.locator("[name=criteria-0-maximum]").fill("trente")
    expect(page.locator("[data-saved-line]")).to_contain_text("some fields still need attention")
    page.reload()
    expect(page.locator("[name=criteria-0-maximum]")).to_have_value("trente")
    expect(page.get_by_role("alert")).to_contain_text("Write a figure")
    page.locator("[name=criteria-0-maximum]").fill("35")
    page.get_by_role("button", name="Save and go back to the list").last.click()
    expect(page.get_by_text("10 parts of 10 are complete.")).to_be_visible()


def test_dates_are_proposed_from_the_deadline_while_it_is_typed(live_browser: Any, world: Office) -> None:
    page = entered(live_browser, world.cast["officer"])
    page.goto(f"/calls/{world.call.reference}/draft/timeline/")
    page.locator("[name=deadline_0]").fill("2020-03-13")
    expect(page.locator("[data-live=proposed-opening_at]")).to_have_text("Monday 16 March 2020, 10:00")

    page.locator("[name=deadline_0]").fill("2020-03-29")
    page.locator("[name=deadline_1]").fill("02:30")
    expect(page.locator("[data-missing]")).to_contain_text("02:30 does not exist")
    assert world.fresh().deadline == local("2020-03-13T17:00")


def test_a_departure_from_the_rule_set_asks_for_its_reason_at_once(live_browser: Any, world: Office) -> None:
    page = entered(live_browser, world.cast["officer"])
    page.goto(f"/calls/{world.call.reference}/draft/rules/")
    reason = page.locator("[name=reason_threshold]")
    expect(reason).to_be_hidden()
    page.locator("[name=threshold]").fill("70")
    expect(reason).to_be_visible()
    reason.fill("Peu de personnes ont cette expérience.")

    expect(page.locator("[data-missing]")).to_have_text("")
    assert world.fresh().rules["reasons"]["threshold"].startswith("Peu de personnes")


def test_a_draft_is_written_without_javascript(live_browser: Any, world: Office) -> None:
    page = entered(live_browser, world.cast["officer"], javascript=False)
    page.goto(f"/calls/{world.call.reference}/draft/deliverables/")
    page.get_by_role("button", name="Add a deliverable").click()
    page.locator("[name=deliverables-5-title_fr]").fill("Formation des équipes")
    page.get_by_role("button", name="Save and go back to the list").last.click()
    expect(page.get_by_text("10 parts of 10 are complete.")).to_be_visible()
    page.goto(f"/calls/{world.call.reference}/draft/deliverables/")
    page.get_by_role("button", name="Remove L1").click()

    assert list(world.fresh().deliverables.values_list("code", flat=True)) == ["L2", "L3", "L4", "L5", "L6"]


@pytest.mark.parametrize("phone", [False, True])
def test_pages_have_no_fault_of_accessibility_and_fit_a_phone(live_browser: Any, world: Office, phone: bool) -> None:
    page = entered(live_browser, world.cast["officer"], phone=phone)
    parts = ["identity", "budget", "terms", "deliverables", "criteria", "rules", "documents", "timeline"]
    home = f"/calls/{world.call.reference}/"
    pages = [
        "/desk/",
        "/calls/",
        "/calls/new/",
        home,
        f"{home}committee/",
        f"{home}keys/",
        f"{home}cancellation/",
        f"{home}draft/",
    ]
    pages += [f"{home}draft/preview/", *(f"{home}draft/{part}/" for part in parts)]

    for path in pages:
        page.goto(path)
        assert accessibility_faults(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path


@pytest.mark.parametrize("phone", [False, True])
def test_public_pages_have_no_fault_of_accessibility(live_browser: Any, transactional_db: None, phone: bool) -> None:
    world = office("published")
    clock.set_to(local("2020-03-10T11:42"))
    page = live_browser.page(language="en", phone=phone)

    for path in ("/", f"/notices/{world.call.reference}/", "/awards/", "/subscribe/"):
        page.goto(path)
        assert accessibility_faults(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
