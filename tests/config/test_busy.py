"""503: a lock that is held, a database that is away; the answer says when to come again and gives back what was typed."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import cache
from django.db import OperationalError, connection
from django.test import Client, RequestFactory
from django.urls import reverse

from config import busy, env, errors, wsgi
from procurement.web import public
from tests.faults.applicants import browser_of
from tests.procurement.applying import BEFORE, complete_application, open_call, person
from tests.workflow.log.logs import other_session
from workflow import availability, clock
from workflow.storage import StoreAway


@pytest.mark.django_db(transaction=True)
def test_a_lock_that_is_held_too_long_is_a_503_with_the_form_to_send_again() -> None:
    """F24: three seconds in the product, less here."""
    clock.set_to(BEFORE)
    application = complete_application(open_call(), person())
    client = browser_of(application)
    address = reverse("application_submission", args=[application.reference])
    before = int(cache.get(availability.COUNT) or 0)
    with other_session() as holder:
        holder.execute("SELECT pg_advisory_xact_lock(1, %s)", [application.call_id])
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '100ms'")
            try:
                page = client.post(address, f"key={'k' * 32}", content_type="application/x-www-form-urlencoded")
                script = client.post(address, {"key": "k" * 32}, headers={"accept": "application/json"})
            finally:
                cursor.execute("SET lock_timeout = 0")
        holder.rollback()
    assert (page.status_code, page["Retry-After"], page["Cache-Control"]) == (503, "5", "no-store")
    assert f'name="key" value="{"k" * 32}"' in page.content.decode()
    assert (script.status_code, script.json()["reasons"][0]["code"]) == (503, "BUSY")
    assert int(cache.get(availability.COUNT)) == before + 2
    assert application.submissions.count() == 0
    assert client.post(address, {"key": "k" * 32}).status_code == 302
    assert application.submissions.count() == 1


@pytest.mark.django_db
def test_a_database_that_fails_before_the_page_is_reached_is_a_503_too(rf: RequestFactory) -> None:
    def away(request: Any) -> Any:
        try:
            raise OperationalError("the server closed the connection unexpectedly")
        except OperationalError:
            return errors.server_error(request)

    answer = away(rf.get("/"))
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert "Rien n’a été fait et rien n’est perdu" in answer.content.decode()


def test_any_other_fault_is_a_500(rf: RequestFactory) -> None:
    assert errors.server_error(rf.get("/")).status_code == 500
    assert busy.BusyMiddleware(lambda request: None).process_exception(rf.get("/"), ValueError()) is None  # type: ignore[arg-type,return-value]


def test_a_page_waits_three_seconds_for_a_lock_and_commands_as_long_as_it_takes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in wsgi.WAITS:
        monkeypatch.delenv(name, raising=False)
    usual: Any = env.database()["OPTIONS"]
    assert "-c lock_timeout=0s -c statement_timeout=0s" in usual["options"]
    for name, seconds in wsgi.WAITS.items():
        monkeypatch.setenv(name, seconds)
    of_pages: Any = env.database()["OPTIONS"]
    assert "-c lock_timeout=3s -c statement_timeout=15s" in of_pages["options"]
    assert of_pages["pool"]["timeout"] == 3


@pytest.mark.django_db
def test_a_store_that_is_away_says_when_to_come_again_and_counts_as_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: Any, **__: Any) -> Any:
        raise StoreAway

    monkeypatch.setattr(public, "awarded_calls", away)
    before = int(cache.get(availability.COUNT) or 0)
    answer = Client().get("/awards/")
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert int(cache.get(availability.COUNT)) == before + 1
