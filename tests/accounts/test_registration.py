"""From the form to the first page, through the mail file; nothing tells who has an account."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client

from accounts.models import User

ANSWERS = {
    "full_name": "  Nadia   Newcomer ",
    "email": "Nadia@People.example",
    "password1": "a sentence of several words",
    "password2": "a sentence of several words",
    "applies_as": "person",
    "language": "en",
}
ADDRESS = "nadia@people.example"


def link_in(text: str) -> str:
    found = re.search(r"http\S+?(/accounts/\S+)", text)
    assert found
    return found[1]


def test_from_registration_to_the_first_page(client: Client, post: Any) -> None:
    answer = client.post("/accounts/signup/", ANSWERS)
    assert answer.url == "/accounts/confirm-email/"
    [letter] = post.to(ADDRESS)
    assert "Confirm your address" in letter.subject
    assert letter.text.startswith("Dear Nadia Newcomer,")
    refused = client.post("/accounts/login/", {"login": ADDRESS, "password": ANSWERS["password1"]})
    assert "_auth_user_id" not in client.session, refused.url
    link = link_in(letter.text)
    assert b"Confirm this address" in client.get(link).content
    assert "_auth_user_id" not in client.session
    assert client.post(link).url == "/accounts/login/"
    login = client.post("/accounts/login/", {"login": ADDRESS, "password": ANSWERS["password1"]})
    assert login.url == "/desk/"
    user = User.objects.get(email=ADDRESS)
    assert (user.full_name, user.language, user.applies_as) == ("Nadia Newcomer", "en", "person")


@pytest.mark.parametrize(
    ("wanted", "change", "where"),
    [
        ("/notices/A-1/application", {}, "/notices/A-1/application"),
        ("/notices/A-1/application", {"applies_as": "firm"}, "/accounts/login/"),
        ("//evil.example/", {}, "/accounts/login/"),
        ("https://evil.example/", {}, "/accounts/login/"),
    ],
)
def test_who_was_sent_to_register_comes_back_to_what_they_wanted(
    client: Client, post: Any, wanted: str, change: dict[str, str], where: str
) -> None:
    page = client.get("/accounts/login/", {"next": wanted}).content.decode()
    assert page.count(f'href="/accounts/signup/?{urlencode({"next": wanted})}"') == (
        2 if wanted.startswith("/n") else 0
    )
    client.post("/accounts/signup/", {**ANSWERS, **change, "next": wanted})
    link = link_in(post.to(ADDRESS)[0].text)
    elsewhere = Client()  # the mail may be read on another device
    assert f'value="{where}"' in elsewhere.get(link).content.decode() or where == "/accounts/login/"
    assert elsewhere.post(link).url == where


def test_the_link_leads_to_our_own_address(client: Client, post: Any, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    client.post("/accounts/signup/", ANSWERS, headers={"host": "evil.example"})
    [letter] = post.to(ADDRESS)
    assert "evil.example" not in letter.text
    assert f"{settings.SITE_URL}/accounts/confirm-email/" in letter.text


def test_the_letter_speaks_the_language_chosen_in_the_form(client: Client, post: Any) -> None:
    client.post("/accounts/signup/", {**ANSWERS, "language": "fr"}, headers={"accept-language": "en"})
    french = User.objects.get(email=ADDRESS)
    client.post("/accounts/signup/", {**ANSWERS, "email": "eve@people.example"}, headers={"accept-language": "fr"})
    english = User.objects.get(email="eve@people.example")
    assert (french.language, english.language) == ("fr", "en")
    assert post.to(english.email)[0].subject == "Confirm your address"


def test_somebody_who_comes_for_a_firm_registers_it_first(client: Client, post: Any) -> None:
    client.post("/accounts/signup/", {**ANSWERS, "applies_as": "firm"})
    client.post(link_in(post.to(ADDRESS)[0].text))
    login = client.post("/accounts/login/", {"login": ADDRESS, "password": ANSWERS["password1"]})
    assert login.url == "/firms/new/"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"full_name": "   "}, "This field is required."),
        ({"full_name": "123 \u202e!"}, "Write the name as it should stand on letters."),
        ({"email": "nadia"}, "Enter a valid email address."),
        ({"password1": "short", "password2": "short"}, "too short"),
        ({"password2": "another sentence of words"}, "You must type the same password each time."),
        ({"applies_as": "officer"}, "Select a valid choice."),
        ({"language": "xx"}, "Select a valid choice."),
    ],
)
def test_bad_answers_come_back_with_a_sentence(
    client: Client, post: Any, change: dict[str, str], sentence: str
) -> None:
    answer = client.post("/accounts/signup/", {**ANSWERS, **change}, headers={"accept-language": "en"})
    assert answer.status_code == 200
    assert sentence in answer.content.decode()
    assert not User.objects.exists()
    assert not post.letters()


def test_registering_an_address_twice_answers_the_same_and_warns_its_owner(
    client: Client, post: Any, rosa: User
) -> None:
    new = client.post("/accounts/signup/", ANSWERS)
    known = Client().post("/accounts/signup/", {**ANSWERS, "email": rosa.email})
    assert (new.status_code, new.url) == (known.status_code, known.url)
    assert User.objects.filter(email=rosa.email).count() == 1
    assert [letter.subject for letter in post.to(rosa.email)] == ["You have an account already"]


def test_a_wrong_password_and_an_unknown_address_answer_the_same(client: Client, rosa: User) -> None:
    wrong = client.post("/accounts/login/", {"login": rosa.email, "password": "no"})
    unknown = client.post("/accounts/login/", {"login": "who@people.example", "password": "no"})
    strip = re.compile(
        rf"csrfmiddlewaretoken\" value=\"\w+\"|{rosa.email}|who@people.example|<time.*?</time>", re.DOTALL
    )
    assert wrong.status_code == unknown.status_code == 200
    assert strip.sub("", wrong.content.decode()) == strip.sub("", unknown.content.decode())


def test_a_link_that_was_altered_confirms_nothing(client: Client, post: Any) -> None:
    client.post("/accounts/signup/", ANSWERS)
    link = link_in(post.to(ADDRESS)[0].text)
    assert b"Confirm this address" in client.get(link).content
    altered = link.replace(":", ":x", 1)
    page = client.get(altered)
    assert b"This link is too old or was used already." in page.content
    assert client.post(altered).status_code == 404
