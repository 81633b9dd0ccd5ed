"""A form that is sent without a session comes back after login, to the person who typed it and to nobody else."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

import pytest
from django.contrib.sessions.models import Session
from django.http import HttpResponse
from django.test import Client
from django.utils.translation import override

from accounts.models import User

PASSWORD = "a sentence of several words"
FORM = "application/x-www-form-urlencoded"
TYPED = {"full_name": "Rosa Reader the Second", "language": "en", "timezone": "Europe/Madrid", "oldpassword": "secret"}
BOTH = pytest.mark.parametrize(
    ("language", "words"),
    [("en", "Your session had ended, so nothing was sent."), ("fr", "Votre session était terminée")],
)


def send(browser: Client, path: str = "/account/", **more: str) -> HttpResponse:
    headers = {"referer": "http://testserver/account/", "origin": "http://testserver"}
    return browser.post(path, urlencode(TYPED | more), content_type=FORM, headers=headers)


def log_in(browser: Client, user: User, answer: HttpResponse) -> HttpResponse:
    page = browser.get(answer.headers["Location"]).content.decode()
    assert 'name="next" value="/account/unsent/"' in page
    return browser.post("/accounts/login/", {"login": user.email, "password": PASSWORD, "next": "/account/unsent/"})


@BOTH
def test_what_was_typed_is_kept_and_given_back_after_login(
    browser_of: Callable[[User], Client], rosa: User, language: str, words: str
) -> None:
    User.objects.filter(pk=rosa.pk).update(language=language)
    browser = browser_of(rosa)
    Session.objects.all().delete()

    answer = send(browser)
    assert answer.headers["Location"] == "/accounts/login/?next=%2Faccount%2Funsent%2F"
    assert log_in(browser, rosa, answer).headers["Location"] == "/account/unsent/"
    page = browser.get("/account/unsent/").content.decode()
    assert words in page
    assert 'name="full_name" value="Rosa Reader the Second"' in page
    assert 'action="/account/"' in page
    assert 'href="/account/"' in page
    assert "secret" not in page
    rosa.refresh_from_db()
    assert rosa.full_name == "Rosa Reader"

    send(browser)
    rosa.refresh_from_db()
    assert rosa.full_name == "Rosa Reader the Second"
    assert browser.get("/account/unsent/").headers["Location"] == "/desk/"


def test_somebody_else_who_logs_in_there_gets_nothing(
    browser_of: Callable[[User], Client], rosa: User, person: Callable[..., User]
) -> None:
    browser = browser_of(rosa)
    Session.objects.all().delete()
    answer = send(browser)
    assert "unsent" in browser.session
    log_in(browser, person("Eve Other"), answer)
    assert browser.get("/account/unsent/").headers["Location"] == "/desk/"
    assert "unsent" not in browser.session


def test_nothing_is_kept_of_somebody_unknown(client: Client, db: None) -> None:
    client.cookies["appel_writer"] = "1:forged"
    answer = send(client)
    assert answer.headers["Location"] == "/accounts/login/?next=%2Faccount%2F"
    assert not Session.objects.exists()


@pytest.mark.parametrize("how", ["too long", "with a file", "by a script"])
def test_what_cannot_be_kept_leads_back_to_its_page(browser_of: Callable[[User], Client], rosa: User, how: str) -> None:
    browser = browser_of(rosa)
    Session.objects.all().delete()
    referer = {"referer": "http://testserver/account/"}
    if how == "too long":
        answer = send(browser, summary="x" * 200_001)
    elif how == "with a file":
        answer = browser.post("/account/", TYPED, headers=referer)  # as a form with files is sent
    else:
        answer = browser.post("/account/", TYPED, headers={**referer, "accept": "application/json"})
        assert answer.status_code == 401
    assert "unsent" not in browser.session
    assert not Session.objects.exists()


class TestTokens:
    """A page that was opened before somebody logged in again."""

    @pytest.fixture
    def browser(self, rosa: User) -> Client:
        browser = Client(enforce_csrf_checks=True, headers={"accept-language": "en"})
        browser.force_login(rosa, backend="allauth.account.auth_backends.AuthenticationBackend")
        browser.cookies["appel_csrf"] = "a" * 32
        return browser

    def test_a_stale_token_gives_the_text_back_with_a_button(self, browser: Client, rosa: User) -> None:
        answer = send(browser, csrfmiddlewaretoken="b" * 32)
        page = answer.content.decode()
        assert answer.status_code == 403
        assert "Nothing was sent, and nothing is lost" in page
        assert 'name="full_name" value="Rosa Reader the Second"' in page
        rosa.refresh_from_db()
        assert rosa.full_name == "Rosa Reader"
        assert send(browser, csrfmiddlewaretoken="a" * 32).status_code == 302

    @pytest.mark.parametrize("origin", ["https://evil.example", "null", ""])
    def test_a_form_from_elsewhere_is_not_offered_again(self, browser: Client, origin: str) -> None:
        headers = {"origin": origin} if origin else {}
        answer = browser.post("/account/", urlencode(TYPED), content_type=FORM, headers=headers)
        assert answer.status_code == 403
        assert "Rosa Reader the Second" not in answer.content.decode()


def test_french_has_its_words(db: None) -> None:
    with override("fr"):
        from django.template.loader import render_to_string

        assert "Rien n’a été envoyé" in render_to_string("403_csrf.html", {"waiting": {"fields": []}, "nav": []})
