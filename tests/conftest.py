"""What every test stands on: real servers, a closed network, random order, and warnings that are errors."""

from __future__ import annotations

import ipaddress
import os
import socket
from collections.abc import Generator, Iterator
from datetime import timedelta
from typing import Any

import django
import hypothesis
import pytest
from django.conf import settings as configured
from django.utils import timezone, translation
from hypothesis.configuration import set_hypothesis_home_dir
from whitenoise.middleware import WhiteNoiseMiddleware

from infra.local import places
from tests import stack
from tests.reports import sendable

stack.prepare()
# Argon2 is slow on purpose; what is tested here is not the hash.
stack.read_settings().PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
django.setup()  # conftest files of the rooms import models

set_hypothesis_home_dir(places.VAR / "cache" / "hypothesis")
hypothesis.settings.register_profile("usual", max_examples=50, deadline=None, print_blob=True)
hypothesis.settings.register_profile("thorough", max_examples=1000, deadline=None, print_blob=True)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "usual"))


def pytest_unconfigure() -> None:
    """Stop what was started for the tests."""
    stack.end()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the longest test: begun last, it would keep one worker busy while the others have nothing left."""
    items.sort(key=lambda item: "test_journey_in_browser" not in item.nodeid)


@pytest.hookimpl(wrapper=True)
def pytest_report_to_serializable() -> Generator[None, Any, Any]:
    """Let every report be sent, whatever a failing test had in its hands."""
    return sendable((yield))


@pytest.fixture(autouse=True, scope="session")
def static_files_found_once() -> Iterator[None]:
    """Look for the static files once, not again for each client of a test: they are the same all the while."""
    found: dict[str, Any] = {}
    look = WhiteNoiseMiddleware.add_files_from_finders

    def look_once(self: WhiteNoiseMiddleware) -> None:
        if not found:
            look(self)
            found.update(self.files)
        self.files.update(found)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(WhiteNoiseMiddleware, "add_files_from_finders", look_once)
        yield


@pytest.fixture(autouse=True, scope="session")
def closed_network() -> Iterator[None]:
    """Refuse every connection that leaves this machine."""
    connect = socket.socket.connect

    def stay_here(self: socket.socket, address: Any) -> None:
        if self.family in {socket.AF_INET, socket.AF_INET6} and not _is_here(address[0]):
            raise AssertionError(f"A test wanted to connect to {address[0]}.")
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", stay_here)
        yield


def _is_here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Let tests set the clock of the test database (in production nothing can), and end what still hangs on it."""
    from tests import database

    with django_db_blocker.unblock():
        database.allow_setting_the_clock()
    with pytest.MonkeyPatch.context() as patch:
        database.empty_also_what_is_written_once(patch)
        yield
    with django_db_blocker.unblock():
        database.end_other_sessions()


@pytest.fixture(autouse=True)
def own_language_and_zone() -> None:
    """Give every test the language and the zone of the settings: a page read by an earlier one may have set others."""
    translation.activate(configured.LANGUAGE_CODE)
    timezone.deactivate()


@pytest.fixture(autouse=True)
def drawn_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Draw public pages anew in every test: what an earlier request was given proves nothing."""
    from procurement.web import drawn_once

    monkeypatch.setattr(drawn_once, "FRESH", timedelta(0))


@pytest.fixture
def worker(transactional_db: None) -> Iterator[Any]:
    """A real worker on the test database, for tests whose rows are committed."""
    from tests.running_worker import running_worker

    with running_worker() as running:
        yield running


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Chromium, started once."""
    from tests.live_browser import chromium

    with chromium() as started:
        yield started


@pytest.fixture
def live_browser(live_server: Any, browser: Any, settings: Any) -> Iterator[Any]:
    """Pages of the live server, one session each; a fault in the console of any page fails the test."""
    from tests.live_browser import LiveBrowser

    settings.SITE_URL = live_server.url
    opened = LiveBrowser(browser, live_server.url)
    yield opened
    opened.close()
    assert not opened.faults
