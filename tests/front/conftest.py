"""The look-book in the browser of the tests: all components, no data."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page


@pytest.fixture
def site(live_server: Any, settings: Any) -> str:
    """Serve the look-book instead of the service, in the three languages that its frame must bear."""
    settings.ROOT_URLCONF = "tests.front.lookbook.urls"
    settings.LANGUAGES = [("fr", "French"), ("en", "English"), ("ar", "Arabic")]
    return str(live_server.url)


@pytest.fixture
def context(browser: Browser, site: str) -> Iterator[BrowserContext]:
    """Open a fresh profile at desk size, in English."""
    profile = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
    profile.set_default_timeout(10_000)
    profile.add_cookies([{"name": "language", "value": "en", "url": site}])
    yield profile
    profile.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """Open a tab in which a script error, or anything the content policy refuses, fails the test."""
    tab = context.new_page()
    wrong: list[str] = []
    tab.on("pageerror", lambda error: wrong.append(str(error)))
    tab.on("console", lambda line: wrong.append(line.text) if "Content Security Policy" in line.text else None)
    yield tab
    assert wrong == []
