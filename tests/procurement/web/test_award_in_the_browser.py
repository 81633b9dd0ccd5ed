"""The pages of the award in a real browser, on a desk and on a phone: nothing to say for axe, nothing in the console."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.procurement.awards import GRENOBLE, decided, drafted, label, priced, ranked
from tests.procurement.committees import World
from tests.procurement.web.visits import Visit

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world(transactional_db: None) -> World:
    world = priced(GRENOBLE, late=("lou",))
    ranked(world)
    return world


def enter(live_browser: Any, world: World, who: str, **how: Any) -> Any:
    """Open a browser in which this person is logged in."""
    page = live_browser.page(language="en", **how)
    cookie = Visit(world[who], world.call).client.cookies["appel_session"]
    page.context.add_cookies(
        [
            {"name": "appel_session", "value": cookie.value, "url": live_browser.address},
            {"name": "language", "value": "en", "url": live_browser.address},
        ]
    )
    return page


def clean(page: Any) -> None:
    found = Axe().run(page)
    assert [one["id"] for one in found.response["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]


def test_a_total_is_unfolded_to_the_marks_and_the_pages_are_clean(live_browser: Any, world: World) -> None:
    root = f"/calls/{world.call.reference}/"
    page = enter(live_browser, world, "chair")
    page.goto(root + "ranking/")
    ben = label(world, "ben")
    assert not page.locator(f"#of-{ben} .a-table").is_visible()
    page.locator(f"#of-{ben} summary").first.click()
    page.locator(f"#of-{ben} summary", has_text="technical score").click()
    page.locator(f"#of-{ben} summary", has_text="technical mark").click()
    assert page.locator(f"#of-{ben} .a-table").is_visible()
    clean(page)
    for path in ("award/", "papers/", "exclusion/"):
        page.goto(root + path)
        clean(page)


def test_the_letters_are_read_and_sent_on_a_phone(live_browser: Any, world: World) -> None:
    decided(world)
    drafted(world)
    root = f"/calls/{world.call.reference}/"
    page = enter(live_browser, world, "officer", phone=True)
    for path in ("ranking/", "award/", f"letters/to/{label(world, 'ben')}/", "log/", "messages/"):
        page.goto(root + path)
        clean(page)
    page.goto(root + "letters/")
    clean(page)
    page.get_by_role("link", name="Send all the letters").click()
    assert page.get_by_role("heading", name="Who will be told").is_visible()
    page.get_by_role("button", name="Send all the letters").click()
    page.wait_for_url("**/letters/")
    assert world.fresh().state == "standstill"
