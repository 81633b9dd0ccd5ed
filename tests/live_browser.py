"""Chromium on the live server: a session of its own for every role, faults of the pages collected."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 900}


@dataclass
class LiveBrowser:
    """Opens pages of the live server; each page is somebody else's browser, with its own cookies."""

    browser: Browser
    address: str
    faults: list[str] = field(default_factory=list)
    contexts: list[BrowserContext] = field(default_factory=list)

    def page(self, *, language: str = "fr", phone: bool = False, javascript: bool = True, **options: Any) -> Page:
        """Return an empty page in a new session; relative addresses lead to the live server."""
        context = self.browser.new_context(
            base_url=self.address,
            locale=language,
            viewport=PHONE if phone else DESKTOP,
            java_script_enabled=javascript,
            **options,
        )
        context.set_default_timeout(30_000)
        page = context.new_page()
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("console", self._note)
        self.contexts.append(context)
        return page

    def close(self) -> None:
        """End every session."""
        for context in self.contexts:
            context.close()

    def _note(self, message: ConsoleMessage) -> None:
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.faults.append(message.text)


@contextmanager
def chromium() -> Iterator[Browser]:
    """Yield the browser; without one skip loudly, or fail where the continuous integration must have it."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if path is None:
        message = "no Chromium: install it, or name one with CHROMIUM=/path"
        pytest.fail(message) if os.environ.get("CI") else pytest.skip(message)
    # Playwright keeps an event loop in this thread, which Django would take for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


def accessibility_faults(page: Page) -> list[str]:
    """Return what axe finds wrong on a page: the rule, and the elements that break it."""
    found = Axe().run(page).response["violations"]
    return [f"{fault['id']}: {[node['target'] for node in fault['nodes']]}" for fault in found]
