"""A browser on the look-book: Debian's chromium through playwright, no widget of ours replaced."""

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
]  # fmt: skip


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start chromium once; where there is none the tests are skipped, and say so."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if not path:
        pytest.skip("no chromium: set CHROMIUM to its path")
    # The loop of playwright runs in this thread; Django then refuses its own database calls unless told otherwise.
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as play:
        found = play.chromium.launch(executable_path=path, args=FLAGS)
        yield found
        found.close()
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def site(live_server, settings) -> str:
    """Serve the look-book instead of the service, in the three languages that its frame must bear."""
    settings.ROOT_URLCONF = "tests.front.lookbook.urls"
    settings.LANGUAGES = [("fr", "French"), ("en", "English"), ("ar", "Arabic")]
    return live_server.url


@pytest.fixture
def context(browser: Browser, site: str) -> Iterator[BrowserContext]:
    """Open a fresh profile at desk size, in English."""
    profile = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
    profile.add_cookies([{"name": "language", "value": "en", "url": site}])
    yield profile
    profile.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """Open a tab in which any script error or refused resource fails the test."""
    tab = context.new_page()
    wrong: list[str] = []
    tab.on("pageerror", lambda error: wrong.append(str(error)))
    tab.on("console", lambda line: wrong.append(line.text) if "Content Security Policy" in line.text else None)
    yield tab
    assert wrong == []
