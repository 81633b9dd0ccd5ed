"""People of these tests, their mail as files, and a clean count of attempts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from accounts import mailbox
from accounts.actions.create_account import create_account
from accounts.models import Organisation, User
from workflow import clock, outbox
from workflow.models import OutboxMessage

PASSWORD = "a sentence of several words"


@pytest.fixture(autouse=True)
def no_attempts_yet() -> None:
    """Forget how often this machine tried in an earlier test."""
    cache.clear()


@pytest.fixture
def client() -> Client:
    """Somebody unknown, who reads English."""
    return Client(headers={"accept-language": "en"})


@pytest.fixture
def now(db: None) -> datetime:
    return clock.now()


@pytest.fixture
def person(db: None) -> Callable[..., User]:
    """Return a maker of accounts that can log in."""

    def make(name: str, **fields: Any) -> User:
        email = f"{name.lower().replace(' ', '.')}@people.example"
        values = {"language": "en", "timezone": "Europe/Madrid", **fields}
        return create_account(email=email, full_name=name, password=PASSWORD, actor=None, now=clock.now(), **values)

    return make


@pytest.fixture
def rosa(person: Callable[..., User]) -> User:
    return person("Rosa Reader")


@pytest.fixture
def city(db: None) -> Organisation:
    return Organisation.objects.create(kind="public_body", name="City of Tests", timezone="Europe/Madrid")


@dataclass
class Post:
    """What the service sends, delivered into files and read back."""

    folder: Path

    def letters(self) -> list[mailbox.Letter]:
        """Deliver what waits and return every message, newest first."""
        for message in OutboxMessage.objects.filter(done_at=None).order_by("id"):
            assert outbox.deliver(message.pk), message.last_error
        return mailbox.letters()

    def to(self, address: str) -> list[mailbox.Letter]:
        """Return the messages to one address, newest first."""
        return [letter for letter in self.letters() if letter.to == address]


@pytest.fixture
def post(db: None, settings: Any, tmp_path: Path) -> Post:
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path / "mail")
    return Post(tmp_path / "mail")


@pytest.fixture
def browser_of(db: None) -> Callable[[User], Client]:
    """Return a maker of browsers in which a person is logged in, by password, as people do."""

    def open_for(user: User) -> Client:
        client = Client()
        answer = client.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
        assert answer.status_code == 302, answer.content
        return client

    return open_for
