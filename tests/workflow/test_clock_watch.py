"""A clock of the database that jumps, or is far from all others, is an alarm; the clock that tests set is none of this."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.checks import run_checks
from django.test import Client

from workflow import clock, clock_watch, tasks, watch

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_remembered() -> None:
    cache.delete(clock_watch._key())
    for name in watch.WATCHED:
        cache.delete(watch._key(name))


def jumped(seconds: float) -> None:
    """Remember the last look as if the clock of the database had jumped since."""
    database, steady = cache.get(clock_watch._key())
    cache.set(clock_watch._key(), (database - seconds, steady))


def test_a_clock_that_goes_on_is_no_finding() -> None:
    assert clock_watch.fault() == ""
    clock.set_to(clock.now() + timedelta(days=3))
    assert clock_watch.fault() == ""


@pytest.mark.parametrize("seconds", [-3600, -3, 3, 86400])
def test_a_clock_that_jumped_is_said_by_check_once(seconds: int) -> None:
    clock_watch.fault()
    jumped(seconds)
    [found] = [one.msg for one in run_checks(databases=["default"]) if one.id == "appel.W003"]
    assert found.startswith(f"The clock of the database jumped by {seconds:+d}.")
    assert clock_watch.fault() == ""


def test_a_clock_set_back_is_on_the_health_page_and_in_the_log(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    tasks.watch_servers()
    jumped(-60)
    tasks.watch_servers()
    assert client.get("/health/").content == b"ok\nclock: wrong\n"
    assert "jumped by -60." in caplog.text


def test_a_clock_far_from_this_machines_is_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock_watch, "wall", lambda: time.time() + 60)
    assert clock_watch.fault().startswith("The clock of the database is -60.")
    monkeypatch.setattr(clock_watch, "wall", lambda: time.time() + 2)
    assert clock_watch.fault() == ""
