"""Every component in a real browser: no fault of accessibility, nothing sideways, in each look."""

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.live_browser import accessibility_faults as faults

LOOKS = [
    pytest.param(1280, "en", "light", id="desk"),
    pytest.param(1280, "en", "dark", id="dark"),
    pytest.param(390, "en", "light", id="phone"),
    pytest.param(320, "fr", "dark", id="smallest, dark"),
    pytest.param(1280, "ar", "light", id="right to left"),
    pytest.param(320, "ar", "light", id="right to left on a phone"),
]


def sideways(page: Page) -> int:
    """Return by how many pixels the page is wider than the window."""
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


@pytest.mark.parametrize(("width", "language", "theme"), LOOKS)
def test_all_components(context: BrowserContext, page: Page, site: str, width: int, language: str, theme: str) -> None:
    context.add_cookies(
        [{"name": "language", "value": language, "url": site}, {"name": "theme", "value": theme, "url": site}]
    )
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{site}/?wrong=1&message=1")
    assert page.locator("html").get_attribute("dir") == ("rtl" if language == "ar" else "ltr")
    assert page.locator("html").get_attribute("data-bs-theme") == theme
    assert page.locator(".a-error-summary a").count() >= 5
    for unfold in page.locator("details > summary").all():
        unfold.click()
    assert faults(page) == []
    assert sideways(page) == 0


@pytest.mark.parametrize("width", [1280, 390])
def test_the_desk(page: Page, site: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{site}/desk/")
    assert faults(page) == []
    assert sideways(page) == 0


@pytest.mark.parametrize("code", [400, 403, 404, 409, 413, 429, 500, 503])
def test_error_pages_say_what_happened(page: Page, site: str, code: int) -> None:
    page.goto(f"{site}/error/{code}/")
    assert len(page.locator("main").inner_text()) > 60
    assert faults(page) == []


def test_the_error_summary_has_the_focus_and_leads_to_the_field(page: Page, site: str) -> None:
    page.goto(f"{site}/?wrong=1")
    page.locator(".a-error-summary:focus").wait_for()
    page.locator(".a-error-summary a").first.click()
    assert page.evaluate("document.activeElement.id") == "id_title"


def test_every_visible_control_is_large_enough(page: Page, site: str) -> None:
    page.goto(site)
    small = page.evaluate(
        "[...document.querySelectorAll('.btn, .form-select, input.form-control')].filter((e) => e.offsetHeight && e.offsetHeight < 44).map((e) => e.outerHTML)"
    )
    assert small == []


def test_paper_has_no_navigation_and_no_buttons(page: Page, site: str) -> None:
    page.goto(site)
    assert page.locator(".a-nav").is_visible()
    page.emulate_media(media="print")
    assert not page.locator(".a-nav").is_visible()
    assert page.locator(".btn:visible").count() == 0
    assert page.locator("h1").is_visible()
