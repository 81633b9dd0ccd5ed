"""Sessions: told to scripts when they have ended, listed to their owner, ended elsewhere."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User


@pytest.mark.parametrize("headers", [{"accept": "application/json"}, {"x-requested-with": "fetch"}])
def test_a_script_whose_session_ended_gets_the_address_of_the_login_page(
    client: Client, db: None, headers: dict[str, str]
) -> None:
    answer = client.post(
        "/profile/identity/", {}, headers={**headers, "referer": "http://testserver/profile/identity/?tab=2"}
    )
    assert answer.status_code == 401
    assert answer.json() == {"login": "/accounts/login/?next=%2Fprofile%2Fidentity%2F%3Ftab%3D2"}


def test_a_page_sent_from_elsewhere_leads_nowhere_else(client: Client, db: None) -> None:
    answer = client.post(
        "/profile/identity/", {}, headers={"accept": "application/json", "referer": "https://evil.example/x"}
    )
    assert answer.json() == {"login": "/accounts/login/?next=%2Fdesk%2F"}


def test_a_person_is_sent_to_log_in_and_back(client: Client, rosa: User) -> None:
    answer = client.get("/profile/identity/?tab=2")
    assert answer.url == "/accounts/login/?next=%2Fprofile%2Fidentity%2F%3Ftab%3D2"
    login = client.post(
        answer.url, {"login": rosa.email, "password": "a sentence of several words", "next": "/profile/"}
    )
    assert login.url == "/profile/"


def test_login_never_leads_off_the_service(client: Client, rosa: User) -> None:
    answers = {"login": rosa.email, "password": "a sentence of several words", "next": "https://evil.example/"}
    assert client.post("/accounts/login/", answers).url == "/desk/"


def test_htmx_goes_to_the_login_page_by_itself(client: Client, db: None) -> None:
    answer = client.get("/profile/", headers={"hx-request": "true", "referer": "http://testserver/profile/"})
    assert answer.status_code == 401
    assert answer.headers["HX-Redirect"] == "/accounts/login/?next=%2Fprofile%2F"


def test_one_sees_where_the_account_is_open_and_ends_the_others(
    browser_of: Callable[[User], Client], rosa: User
) -> None:
    here, elsewhere = browser_of(rosa), browser_of(rosa)
    assert here.get("/accounts/sessions/").context["session_count"] == 2
    assert elsewhere.get("/account/").status_code == 200
    here.post("/accounts/sessions/")
    assert elsewhere.get("/account/").status_code == 302
    assert here.get("/accounts/sessions/").context["session_count"] == 1


def test_nobody_sees_the_sessions_of_others(
    browser_of: Callable[[User], Client], rosa: User, person: Callable[..., User]
) -> None:
    browser_of(rosa)
    assert browser_of(person("Other Person")).get("/accounts/sessions/").context["session_count"] == 1


def test_logging_out_takes_a_button(browser_of: Callable[[User], Client], rosa: User) -> None:
    browser = browser_of(rosa)
    browser.get("/accounts/logout/")
    assert browser.get("/account/").status_code == 200
    browser.post("/accounts/logout/")
    assert browser.get("/account/").status_code == 302
