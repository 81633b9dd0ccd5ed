"""A form without autosave in a real browser: a session that ended, a login in another tab; nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Page, expect

from accounts.models import User
from tests.live_browser import accessibility_faults

pytestmark = pytest.mark.django_db(transaction=True)
LONG = "Rosa Reader, who has a name of more than forty characters"


def log_in(page: Page, user: User) -> None:
    page.get_by_label("E-mail address").fill(user.email)
    page.get_by_label("Password", exact=True).fill("a sentence of several words")
    page.get_by_role("button", name="Log in", exact=True).click()


@pytest.mark.parametrize("javascript", [True, False])
def test_a_session_that_ended_while_typing(live_browser: Any, person: Callable[..., User], javascript: bool) -> None:
    rosa = person("Rosa Reader")
    page = live_browser.page(language="en", javascript=javascript)
    page.goto("/account/")
    log_in(page, rosa)
    page.get_by_label("Full name").fill(LONG)
    Session.objects.all().delete()
    page.get_by_role("button", name="Save").first.click()
    log_in(page, rosa)
    expect(page.get_by_role("heading", level=1)).to_have_text("Here is what you had typed")
    expect(page.locator("blockquote")).to_have_text(LONG)
    assert not javascript or accessibility_faults(page) == []
    page.get_by_role("button", name="Send it now").click()
    expect(page.get_by_label("Full name")).to_have_value(LONG)
    assert User.objects.get(pk=rosa.pk).full_name == LONG


@pytest.mark.parametrize("javascript", [True, False])
def test_a_login_in_another_tab_does_not_cost_what_is_typed_in_this_one(
    live_browser: Any, person: Callable[..., User], javascript: bool
) -> None:
    rosa = person("Rosa Reader")
    first = live_browser.page(language="en", javascript=javascript)
    first.goto("/account/")
    log_in(first, rosa)
    first.get_by_label("Full name").fill(LONG)
    Session.objects.all().delete()
    second = first.context.new_page()
    second.goto("/accounts/login/")
    log_in(second, rosa)
    expect(second.get_by_role("heading", level=1)).not_to_have_text("Log in")
    first.get_by_role("button", name="Save").first.click()
    if not javascript:  # the page says so, and gives the text back
        expect(first.get_by_text("Nothing was sent, and nothing is lost")).to_be_visible()
        first.get_by_role("button", name="Send it now").click()
    expect(first.get_by_label("Full name")).to_have_value(LONG)
    assert User.objects.get(pk=rosa.pk).full_name == LONG
