"""A person who fills in a profile, and somebody else."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.actions.create_account import create_account
from accounts.models import User
from workflow import clock

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def person(db: None) -> Callable[[str], User]:
    """Return a maker of accounts."""

    def make(name: str) -> User:
        email = f"{name.lower()}@people.example"
        return create_account(
            email=email,
            full_name=name,
            password="a sentence of several words",
            actor=None,
            now=clock.now(),
            language="en",
        )

    return make


@pytest.fixture
def nadia(person: Callable[[str], User]) -> User:
    return person("Nadia")


@pytest.fixture
def browser_of() -> Callable[[User], Client]:
    """Return a maker of browsers in which a person is logged in."""

    def open_for(user: User) -> Client:
        client = Client()
        client.force_login(user, backend=BACKEND)
        return client

    return open_for


@pytest.fixture
def browser_of_nadia(nadia: User, browser_of: Callable[[User], Client]) -> Client:
    return browser_of(nadia)
