"""Pages about the service, the navigation of each, and the entrance in a real browser."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client, RequestFactory

from accounts.enums import Role
from accounts.models import Membership, Organisation, User
from config.context import navigation
from tests.live_browser import accessibility_faults


@pytest.mark.parametrize(
    "page", ["/accessibility/", "/personal-data/", "/legal/", "/accounts/login/", "/accounts/signup/"]
)
def test_everybody_reads_the_pages_about_the_service(client: Client, db: None, page: str, settings: Any) -> None:
    settings.OWNER_NAME, settings.CONTACT_EMAIL = "United Cities", "data@people.example"
    text = client.get(page).content.decode()
    assert "United Cities" in text
    if "accounts" not in page:
        assert "data@people.example" in text


def test_the_address_people_guess_leads_there(client: Client, db: None) -> None:
    assert client.get("/privacy/").url == "/personal-data/"


def test_light_or_dark_without_script(client: Client, db: None) -> None:
    answer = client.post("/appearance/", {"theme": "dark", "next": "/accounts/login/"})
    assert answer.url == "/accounts/login/"
    assert b'data-bs-theme="dark"' in client.get("/accounts/login/").content
    assert client.post("/appearance/", {"theme": "x", "next": "https://evil.example/"}).url == "/"


def urls_for(user: Any, path: str = "/") -> tuple[list[str], list[str]]:
    request = RequestFactory().get(path)
    request.user = user
    items = navigation(request)
    return [item["url"] for item in items], [item["url"] for item in items if item["current"]]


def test_each_has_the_links_of_their_role(rosa: User, city: Organisation, settings: Any) -> None:
    settings.DEMO = False
    visitor, _ = urls_for(AnonymousUser())
    assert visitor[-2:] == ["/accounts/login/", "/accounts/signup/"]
    applicant, current = urls_for(rosa, "/profile/identity/")
    assert "/profile/" in applicant
    assert current == ["/profile/"]
    settings.DEMO = True
    assert urls_for(rosa, "/demo/mail/")[1] == urls_for(AnonymousUser(), "/demo/accounts/")[1] == ["/demo/"]
    Membership.objects.create(user=rosa, organisation=city, role=Role.OFFICER)
    officer, _ = urls_for(rosa)
    assert "/profile/" not in officer
    assert officer[-1] == "/account/"


@pytest.mark.django_db(transaction=True)
def test_a_passkey_is_made_and_opens_the_account(live_browser: Any, person: Callable[..., User], settings: Any) -> None:
    settings.TWO_FACTOR_REQUIRED, settings.LOGIN_REDIRECT_URL = True, "/account/"
    rosa = person("Rosa Reader")
    page = live_browser.page(language="en")
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    options |= {"isUserVerified": True, "automaticPresenceSimulation": True}
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    page.goto("/accounts/login/")
    assert accessibility_faults(page) == []
    page.get_by_label("E-mail address").fill(rosa.email)
    page.get_by_label("Password", exact=True).fill("a sentence of several words")
    page.get_by_role("button", name="Log in", exact=True).click()
    page.goto("/accounts/2fa/webauthn/add/")
    assert accessibility_faults(page) == []
    page.get_by_label("Log in with this key alone", exact=False).check()
    page.get_by_role("button", name="Add a passkey").click()
    page.wait_for_url(lambda url: not url.endswith("/webauthn/add/"))
    page.goto("/accounts/logout/")
    page.get_by_role("button", name="Log out").click()
    page.goto("/accounts/login/")
    page.get_by_role("button", name="Log in with a passkey").click()
    page.wait_for_url("**/account/")
    assert page.get_by_label("Full name").input_value() == "Rosa Reader"
