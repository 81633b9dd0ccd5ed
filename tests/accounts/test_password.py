"""A forgotten password, a changed one, and the lockout between them."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from workflow.models import AuditEvent

NEW = "quite another sentence"
OLD = "a sentence of several words"


def attempt(client: Client, address: str, password: str) -> Any:
    return client.post("/accounts/login/", {"login": address, "password": password})


def reset(client: Client, link: str, password: str = NEW) -> Any:
    form = client.get(link, follow=True)
    return client.post(form.redirect_chain[-1][0], {"password1": password, "password2": password})


def link_to(post: Any, address: str) -> str:
    found = re.search(r"/accounts/password/reset/key/\S+", post.to(address)[0].text)
    assert found
    return found[0]


def test_a_forgotten_password_is_replaced_through_the_mail(client: Client, post: Any, rosa: User) -> None:
    asked = client.post("/accounts/password/reset/", {"email": rosa.email})
    assert asked.url == "/accounts/password/reset/done/"
    link = link_to(post, rosa.email)
    assert reset(client, link).url == "/accounts/password/reset/key/done/"
    assert attempt(Client(), rosa.email, OLD).status_code == 200
    assert attempt(Client(), rosa.email, NEW).status_code == 302
    assert next(letter.subject for letter in post.to(rosa.email)) == "Your password was changed"
    assert AuditEvent.objects.filter(act="password_reset", actor_id=rosa.pk).exists()


def test_the_link_works_once(client: Client, post: Any, rosa: User) -> None:
    client.post("/accounts/password/reset/", {"email": rosa.email})
    link = link_to(post, rosa.email)
    reset(client, link)
    again = client.get(link)
    assert "This link is too old or was used already." in again.content.decode()


def test_the_answer_does_not_tell_whether_an_address_is_known(client: Client, post: Any, rosa: User) -> None:
    known = client.post("/accounts/password/reset/", {"email": rosa.email})
    unknown = client.post("/accounts/password/reset/", {"email": "who@people.example"})
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    [letter] = post.to("who@people.example")
    assert letter.subject == "There is no account with this address"


def test_a_changed_password_ends_the_other_sessions(browser_of: Callable[[User], Client], rosa: User) -> None:
    here, elsewhere = browser_of(rosa), browser_of(rosa)
    assert elsewhere.get("/account/").status_code == 200
    here.post("/accounts/password/change/", {"oldpassword": OLD, "password1": NEW, "password2": NEW})
    assert here.get("/account/").status_code == 200
    assert elsewhere.get("/account/").status_code == 302


def test_the_sixth_attempt_is_not_even_looked_at(client: Client, rosa: User) -> None:
    for _ in range(4):
        assert attempt(client, rosa.email, "wrong").status_code == 200
    fifth = attempt(client, rosa.email.upper(), "wrong")
    assert fifth.status_code == 429
    assert "quarter of an hour" in fifth.content.decode()
    assert attempt(client, rosa.email, OLD).status_code == 429
    assert "_auth_user_id" not in client.session


def test_the_lockout_is_of_one_account_from_one_place(client: Client, rosa: User, person: Callable[..., User]) -> None:
    for _ in range(5):
        last = attempt(client, rosa.email, "wrong")
    assert last.status_code == 429
    assert attempt(Client(), person("Other Person").email, OLD).status_code == 302
    assert attempt(Client(REMOTE_ADDR="198.51.100.7"), rosa.email, OLD).status_code == 302


def test_an_unknown_address_is_locked_out_like_a_known_one(client: Client, db: None) -> None:
    answers = [attempt(client, "who@people.example", "wrong").status_code for _ in range(5)]
    assert answers == [200, 200, 200, 200, 429]


def test_a_new_password_lifts_the_lockout(client: Client, post: Any, rosa: User) -> None:
    for _ in range(5):
        last = attempt(client, rosa.email, "wrong")
    assert last.status_code == 429
    client.post("/accounts/password/reset/", {"email": rosa.email})
    reset(client, link_to(post, rosa.email))
    assert attempt(Client(), rosa.email, NEW).status_code == 302


@pytest.mark.parametrize("password", ["short", "password1234", "rosa.reader@people"])
def test_a_weak_password_is_refused(browser_of: Callable[[User], Client], rosa: User, password: str) -> None:
    page = browser_of(rosa).post(
        "/accounts/password/change/", {"oldpassword": OLD, "password1": password, "password2": password}
    )
    assert page.status_code == 200
    assert page.context["form"].errors["password1"]


def test_the_address_changes_when_the_new_one_is_confirmed(
    browser_of: Callable[[User], Client], rosa: User, post: Any
) -> None:
    browser = browser_of(rosa)
    old, new = rosa.email, "rosa@elsewhere.example"
    browser.post("/accounts/email/", {"email": new, "action_add": ""})
    rosa.refresh_from_db()
    assert rosa.email == old
    found = re.search(r"/accounts/confirm-email/\S+", post.to(new)[0].text)
    assert found
    browser.post(found[0])
    rosa.refresh_from_db()
    assert rosa.email == new
    assert "Your address was changed" in [letter.subject for letter in post.to(old)]
