"""The browser of the tests of this room keeps the access codes of applications, as a real one does."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client

from tests.procurement.browsers import Browser
from tests.procurement.lock_order import watching


@pytest.fixture
def client() -> Client:
    """Return a browser."""
    return Browser()


@pytest.fixture(autouse=True)
def one_order_of_locks() -> Iterator[None]:
    """Hold every act that a test does to the one order in which acts take what others wait for."""
    with watching():
        yield
