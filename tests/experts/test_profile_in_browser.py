"""The profile in a real browser: nothing typed is lost when a session ends, pages are accessible, also on a phone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from accounts.models import User
from experts.models import Expert
from tests.live_browser import accessibility_faults

PAGES = ["", "identity/", "expertise/", "languages/", "education/", "experience/", "cv/"]


def log_in(page: Any, user: User) -> None:
    page.get_by_label("E-mail address").fill(user.email)
    page.get_by_label("Password", exact=True).fill("a sentence of several words")
    page.get_by_role("button", name="Log in", exact=True).click()


@pytest.mark.django_db(transaction=True)
def test_a_session_that_ends_while_typing_loses_nothing(live_browser: Any, person: Callable[[str], User]) -> None:
    nadia = person("Nadia")
    page = live_browser.page(language="en")
    page.goto("/profile/identity/")
    log_in(page, nadia)
    line = page.locator("[data-saved-line]")
    page.get_by_label("City").fill("Lyon")
    expect(line).to_contain_text("Saved at")
    Session.objects.all().delete()
    page.get_by_label("City").fill("Grenoble")
    expect(line).to_contain_text("your session has ended")
    assert Expert.objects.get().city == "Lyon"
    page.get_by_role("link", name="Log in again").click()
    log_in(page, nadia)
    expect(page.get_by_label("City")).to_have_value("Grenoble")
    expect(line).to_contain_text("Saved at")
    assert Expert.objects.get().city == "Grenoble"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("phone", [False, True])
def test_pages_are_accessible_and_fit(live_browser: Any, person: Callable[[str], User], phone: bool) -> None:
    page = live_browser.page(language="en", phone=phone)
    page.goto("/profile/")
    log_in(page, person("Nadia"))
    for part in PAGES:
        page.goto(f"/profile/{part}")
        assert accessibility_faults(page) == [], part
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), part
