"""A panel in real browsers: typed marks save themselves, keys lead through the grid, the last signature shares."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from playwright.sync_api import Route, expect

from accounts.models import User
from procurement.models import Score
from tests.live_browser import accessibility_faults
from tests.procurement.committees import World
from tests.procurement.panels import agree, fill, score, scoring, sheet_of, sign
from tests.procurement.web.visits import BACKEND

pytestmark = pytest.mark.django_db(transaction=True)
TAKEN_AND_GIVEN_BACK = """() => {
  const next = (name) => new Promise((told) => addEventListener(name, told, { once: true }));
  const late = new Promise((told) => setTimeout(told, 10000, "not given back"));
  globalThis.focusBack = next("blur").then(() => Promise.race([next("focus").then(() => "given back"), late]));
}"""


def entered(live_browser: Any, user: User, **options: Any) -> Any:
    """Return a page of a browser in which somebody is logged in."""
    session = SessionStore()
    session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(user.pk), BACKEND
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    page = live_browser.page(language="en", **options)
    page.context.add_cookies([{"name": "appel_session", "value": session.session_key, "url": live_browser.address}])
    return page


@pytest.fixture
def world(transactional_db: None) -> World:
    return scoring(rules={"comment_minimum": 10})


def desk(world: World, applicant: str = "ana") -> str:
    return f"/calls/{world.call.reference}/evaluation/{world.applications[applicant].reference}/"


def stored(world: World) -> dict[str, str]:
    rows = Score.objects.filter(sheet=sheet_of(world, "v1", "ana"), mark__isnull=False)
    return {code: str(mark) for code, mark in rows.values_list("criterion__code", "mark")}


def document_shown(page: Any) -> None:
    """Wait until the browser's own viewer has loaded the document: it takes the focus, which is given back."""
    if page.evaluate("navigator.pdfViewerEnabled"):
        page.locator(".a-frame[data-took]").wait_for()


def test_marks_save_themselves_by_the_keys_and_are_signed(live_browser: Any, world: World) -> None:
    page = entered(live_browser, world["v1"])
    page.goto(desk(world))
    assert accessibility_faults(page) == []
    document_shown(page)

    page.locator("#id_C1a").press("8")
    page.keyboard.press("m")
    page.keyboard.type("Three sources compared.")
    page.keyboard.press("Escape")
    page.keyboard.press("ArrowDown")
    page.keyboard.type("12,5")
    expect(page.locator("[data-saved-line]")).to_contain_text("Saved at ")
    expect(page.locator("[data-place=progress]")).to_contain_text("2 criteria marked of 3")
    expect(page.locator("[data-place=act]")).to_contain_text("These criteria have no mark: C2.")
    assert stored(world) == {"C1a": "8.00", "C1b": "12.50"}

    page.locator("#id_C1b-text").fill("Its limits are named.")
    page.locator("#id_C2").fill("76")
    expect(page.locator("[data-errors=C2]")).to_have_text("C2: a mark lies between 0 and 75.")
    page.locator("#id_C2").fill("60")
    page.locator("#id_C2-text").fill("Comparable work, attached.")
    page.get_by_role("button", name="Sign my sheet on E1").click()

    expect(page.get_by_role("heading", name="E2")).to_be_visible()
    assert sheet_of(world, "v1", "ana").state == "signed"


def test_a_save_whose_answer_was_lost_is_not_taken_for_another_window(live_browser: Any, world: World) -> None:
    page = entered(live_browser, world["v1"])
    lost: list[int] = []

    def lose_the_first_answer(route: Route) -> None:
        if "x-autosave" not in route.request.headers or lost:
            return route.continue_()
        lost.append(route.fetch().status)
        return route.abort()

    page.route("**/marks", lose_the_first_answer)
    page.goto(desk(world))
    document_shown(page)
    page.locator("#id_C1a").fill("7")
    expect(page.locator("[data-saved-line]")).to_contain_text("Not saved: no connection")
    assert (lost, stored(world)) == ([200], {"C1a": "7.00"})

    with page.expect_response(lambda answer: 'name="C1a"\r\n\r\n8' in (answer.request.post_data or "")):
        page.locator("#id_C1a").fill("8")

    expect(page.locator("[data-saved-line]")).to_contain_text("Saved at ")
    assert stored(world) == {"C1a": "8.00"}
    expect(page.locator("main")).not_to_contain_text("Changed in another window")
    live_browser.faults.clear()  # the line that was cut


def test_a_document_opens_beside_what_is_being_typed(live_browser: Any, world: World) -> None:
    page = entered(live_browser, world["v1"])
    page.goto(desk(world))
    page.locator("#id_C1a").fill("7")
    page.locator("#id_C1a-text").fill("Not saved yet")

    page.locator("[data-documents] a").last.click()

    page.wait_for_url("**?document=A1#doc")
    expect(page.locator("[data-documents] a").last).to_have_attribute("aria-current", "page")
    assert page.input_value("#id_C1a-text") == "Not saved yet"
    page.go_back()
    expect(page.locator("[data-documents] a").first).to_have_attribute("aria-current", "page")
    assert page.input_value("#id_C1a") == "7"


@pytest.fixture
def before_a_document(live_browser: Any, world: World) -> tuple[Any, Any]:
    """A desk whose document is on its way, and what lets it arrive."""
    page, waiting = entered(live_browser, world["v1"]), list[Route]()

    def hold(route: Route) -> None:
        waiting.append(route)

    page.route("**/documents/**", hold)
    with page.expect_request("**/documents/**"):
        page.goto(desk(world), wait_until="domcontentloaded")
    if not page.evaluate("navigator.pdfViewerEnabled"):
        pytest.skip("this browser shows no PDF")

    def arrive() -> None:
        page.evaluate(TAKEN_AND_GIVEN_BACK)
        waiting.pop().continue_()
        assert page.evaluate("focusBack") == "given back"

    return page, arrive


def test_who_types_while_a_document_comes_goes_on_typing(before_a_document: Any) -> None:
    page, arrive = before_a_document
    page.locator("#id_C1a-text").press_sequentially("Three sources ")

    arrive()
    page.keyboard.type("compared.")

    assert page.input_value("#id_C1a-text") == "Three sources compared."
    expect(page.locator("[data-saved-line]")).to_contain_text("Saved at ")


def test_keys_lead_through_the_grid_when_a_document_has_come(before_a_document: Any) -> None:
    page, arrive = before_a_document

    arrive()
    page.keyboard.press("7")

    expect(page.locator("#id_C1a")).to_have_value("7")
    expect(page.locator("[data-saved-line]")).to_contain_text("Saved at ")


def test_who_goes_to_the_document_stays_there(before_a_document: Any) -> None:
    page, _arrive = before_a_document
    page.locator("#id_C1a-text").focus()

    page.locator(".a-frame").click()

    page.evaluate("new Promise((passed) => setTimeout(passed))")
    assert page.evaluate("document.activeElement.className") == "a-frame"


def test_two_windows_do_not_undo_each_other(live_browser: Any, world: World) -> None:
    first, second = (entered(live_browser, world["v1"]) for _ in range(2))
    for page in (first, second):
        page.goto(desk(world))
    first.locator("#id_C1a").fill("5")
    expect(first.locator("[data-saved-line]")).to_contain_text("Saved at ")

    second.locator("#id_C1b").fill("9")
    expect(second.locator("#id_C1a")).to_have_value("5")
    assert stored(world) == {"C1a": "5.00", "C1b": "9.00"}

    first.locator("#id_C2").fill("60")
    expect(first.locator("#id_C1b")).to_have_value("9")
    second.locator("#id_C2").fill("50")
    expect(second.locator("[data-errors=C2]")).to_contain_text("60 is stored")
    assert stored(world)["C2"] == "60.00"
    second.locator("#id_C2").fill("55.5")
    expect(second.locator("[data-errors=C2]")).to_be_empty()
    assert stored(world)["C2"] == "55.50"


def test_everything_works_without_script_and_on_a_phone(live_browser: Any, world: World) -> None:
    page = entered(live_browser, world["v1"], javascript=False, phone=True)
    page.goto(desk(world))
    page.get_by_role("link", name="Grid").click()
    page.locator("#id_C1a").fill("8")
    page.locator("#id_C1a-text").fill("Three sources compared.")
    page.get_by_role("button", name="Save", exact=True).click()

    expect(page.get_by_text("Your marks are saved.")).to_be_visible()
    assert stored(world) == {"C1a": "8.00"}
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_the_last_signature_shares_and_the_chair_agrees(live_browser: Any, world: World) -> None:
    score(world, of=("v1", "v2"))
    fill(world, "v3", "ana")
    sign(world, "v3", "ana")
    fill(world, "v3", "ben")
    reader = entered(live_browser, world["v3"])
    reader.goto(desk(world, "ben"))
    reader.get_by_role("button", name="Sign my sheet on E2").click()
    expect(reader.get_by_role("heading", name="Consensus")).to_be_visible()

    chair = entered(live_browser, world["chair"])
    chair.goto(f"/calls/{world.call.reference}/consensus/{world.applications['ana'].reference}/")
    assert accessibility_faults(chair) == []
    for code, mark in {"C1a": "8", "C1b": "12", "C2": "60"}.items():
        chair.locator(f"#id_{code}").fill(mark)
    expect(chair.locator("[data-place=total]")).to_have_text("80.00")
    chair.get_by_role("button", name="Settle the consensus on E1").click()
    expect(chair.get_by_text("The consensus on E1 is settled.")).to_be_visible()


def test_the_report_on_a_phone_and_in_the_dark(live_browser: Any, world: World) -> None:
    score(world)
    for applicant in ("ana", "ben"):
        agree(world, applicant)
    page = entered(live_browser, world["chair"], phone=True, color_scheme="dark")
    for address in ("evaluation/", "technical-report/", f"consensus/{world.applications['ana'].reference}/"):
        page.goto(f"/calls/{world.call.reference}/{address}")
        assert accessibility_faults(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
