"""What the worker looks at once a minute: a fault is in the log, on the health page and in `check`, and goes by itself."""

from __future__ import annotations

import logging
from typing import Any

import pytest
from django.conf import settings as project
from django.core.cache import cache
from django.core.checks import run_checks
from django.core.files.storage import storages
from django.test import Client

from tests.store_away import store_away
from workflow import tasks, watch

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_seen() -> None:
    for name in watch.WATCHED:
        cache.delete(watch._key(name))


def health(client: Client) -> tuple[int, str]:
    answer = client.get("/health/")
    return answer.status_code, answer.content.decode()


def found(number: str) -> list[str]:
    return [one.msg for one in run_checks(databases=["default"]) if one.id == number]


def test_a_store_that_is_there_is_no_finding_and_keeps_nothing_of_it(client: Client) -> None:
    tasks.watch_servers()
    assert health(client) == (200, "ok\n")
    assert found("appel.W002") == []
    store: Any = storages["default"]
    kept = store._client.list_objects_v2(Bucket=store.bucket_name, Prefix="watch/")
    assert kept["KeyCount"] == 0


@pytest.mark.parametrize("way", ["refused", "silent", "failing", "reset", "slow"])
def test_a_store_that_is_away_is_said_in_the_log_on_the_health_page_and_by_check(
    client: Client, settings: Any, caplog: pytest.LogCaptureFixture, way: str
) -> None:
    """F5: an alarm, and no reason to take a server away that still acknowledges submissions."""
    with store_away(settings, way):
        tasks.watch_servers()
        assert health(client) == (200, "ok\nstore: away\n")
        assert [one.startswith("The document store is away: ") for one in found("appel.W002")] == [True]
    said = [one for one in caplog.records if one.name == "workflow.watch"]
    assert [one.levelno for one in said] == [logging.ERROR]
    tasks.watch_servers()
    assert health(client) == (200, "ok\n")
    assert caplog.records[-1].getMessage() == "No longer: store: away"


def test_a_store_that_gives_back_something_else_is_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    store: Any = storages["default"]
    put = type(store)._save

    def spoilt(self: Any, name: str, content: Any) -> Any:
        content.file.getbuffer()[:1] = bytes([content.file.getbuffer()[0] ^ 1])
        return put(self, name, content)

    monkeypatch.setattr(type(store), "_save", spoilt)
    assert "something else" in watch.store_fault()


def test_check_asks_no_store_without_being_told_a_database(settings: Any) -> None:
    with store_away(settings, "refused"):
        assert [one for one in run_checks() if one.id == "appel.W002"] == []


def test_the_clock_of_the_installation_asks_once_a_minute() -> None:
    watching = project.CELERY_BEAT_SCHEDULE["watch"]
    assert (watching["task"], watching["schedule"]) == (tasks.watch_servers.name, 60)
    assert 2 * watching["schedule"] < watch.HOLDS
