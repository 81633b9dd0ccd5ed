"""The browser of the tests of this room keeps the access codes of applications, as a real one does."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.procurement.browsers import Browser


@pytest.fixture
def client() -> Client:
    """Return a browser."""
    return Browser()
