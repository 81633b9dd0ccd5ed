"""The demonstration's mail and accounts, and that they exist nowhere else."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts import demo
from accounts.models import User
from workflow import clock, outbox


@pytest.fixture
def shown(rosa: User, monkeypatch: Any) -> User:
    monkeypatch.setattr(demo, "ACCOUNTS", [("Rosa", rosa.email, "Reader", "a sentence of several words")])
    return rosa


def send(number: int) -> None:
    outbox.post(
        "workflow.send_mail",
        key=str(number),
        now=clock.now(),
        to="a@people.example",
        subject=f"É{number}",
        text="Text à lire",
    )


def test_messages_are_listed_newest_first_and_can_be_read(client: Client, post: Any) -> None:
    assert b"No message has been sent yet." in client.get("/demo/mail/", headers={"accept-language": "en"}).content
    send(1)
    post.letters()
    [first] = post.folder.iterdir()
    os.utime(first, (1, 1))  # a file system’s instants are too coarse for two messages of one moment
    send(2)
    post.letters()
    page = client.get("/demo/mail/")
    assert [letter.subject for letter in page.context["letters"]] == ["É2", "É1"]
    name = page.context["letters"][0].name
    assert "Text à lire" in client.get(f"/demo/mail/{name}/").content.decode()
    assert client.get("/demo/mail/20200101-000000-1-0/").status_code == 404


def test_one_logs_in_as_somebody_of_the_list_with_a_button(client: Client, shown: User) -> None:
    assert "a sentence of several words" in client.get("/demo/accounts/").content.decode()
    assert client.post("/demo/accounts/", {"email": shown.email}).url == "/desk/"
    assert client.get("/account/").context["user"] == shown


def test_nobody_else_can_be_chosen(client: Client, shown: User, person: Callable[..., User]) -> None:
    other = person("Other Person")
    assert client.post("/demo/accounts/", {"email": other.email}).status_code == 404
    assert "_auth_user_id" not in client.session


def test_without_demonstration_none_of_it_exists(client: Client, shown: User, post: Any, settings: Any) -> None:
    send(1)
    [letter] = post.letters()
    pages = ["/demo/mail/", f"/demo/mail/{letter.name}/", "/demo/accounts/"]
    assert [client.get(page).status_code for page in pages] == [200, 200, 200]
    settings.DEMO = False
    assert [client.get(page).status_code for page in pages] == [404, 404, 404]
    assert client.get("/demo/").status_code == 404
    assert client.post("/demo/accounts/", {"email": shown.email}).status_code == 404


def test_mail_to_a_real_server_is_not_shown(client: Client, db: None, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    assert client.get("/demo/mail/").status_code == 404
