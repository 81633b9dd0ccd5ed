"""The health page and the checks of an installation, where they speak of the log."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.checks import run_checks
from django.core.checks.registry import registry
from django.db import Error
from django.test import Client

from config import checks
from workflow import audit, clock, signing
from workflow.log import lag


@pytest.fixture
def late(db: None) -> None:
    """An event that has waited for more than a minute."""
    audit.record(None, "look", actor=None, now=clock.now())
    clock.set_to(clock.now() + timedelta(seconds=61))


def test_all_is_well(db: None, client: Client) -> None:
    audit.record(None, "look", actor=None, now=clock.now())
    answer = client.get("/health/")
    assert (answer.status_code, answer.content, answer["Content-Type"]) == (200, b"ok\n", "text/plain; charset=utf-8")


def test_a_late_sealer_is_an_alarm_and_says_no_number(late: None, client: Client) -> None:
    answer = client.get("/health/")
    assert (answer.status_code, answer.content) == (503, b"log: sealing is late\n")


def test_a_database_that_is_away_is_an_alarm(db: None, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def away() -> Any:
        raise Error("gone")

    monkeypatch.setattr(lag, "found", away)
    answer = client.get("/health/")
    assert (answer.status_code, answer.content) == (503, b"database: away\n")


def test_the_check_of_the_database_warns_of_a_late_sealer(late: None) -> None:
    found = [one for one in run_checks(databases=["default"]) if one.id == "appel.W001"]
    [said] = [one.msg for one in found]
    assert re.fullmatch(r"1 events wait to be sealed in the log, the oldest for 6\d seconds\.", said)
    assert checks.the_log_is_sealed in registry.get_checks()


def test_before_the_tables_are_made_nothing_is_late(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE workflow_auditwaiting RENAME TO elsewhere")
    assert not lag.found().alarming


@pytest.mark.parametrize(
    ("secret", "retired", "expected"),
    [
        ("x" * 43, [], []),
        ("x" * 42, [], ["appel.E008"]),
        ("", [], ["appel.E008"]),
        ("x" * 43, ["no key"], ["appel.E009"]),
    ],
)
def test_an_installation_has_a_signing_key_of_its_own(
    settings: Any, secret: str, retired: list[str], expected: list[str]
) -> None:
    settings.SIGNING_KEY, settings.SIGNING_KEYS_RETIRED = secret, retired
    assert [error.id for error in checks.signatures_of_its_own(None)] == expected


def test_the_secret_of_the_sessions_is_not_that_of_the_signatures(settings: Any) -> None:
    settings.SIGNING_KEY = settings.SECRET_KEY
    assert [error.id for error in checks.signatures_of_its_own(None)] == ["appel.E008"]


def test_each_purpose_has_a_key_of_its_own_and_no_other_purpose_any(settings: Any) -> None:
    assert signing.public_key("log") != signing.public_key("receipts")
    assert {key.name for key in signing.public_keys()} == {"localhost/log", "localhost/receipts"}
    assert [key.name for key in signing.public_keys("log")] == ["localhost/log"]
    signed = signing.sign(purpose="receipts", message=b"a receipt")
    signing.private_key("receipts").public_key().verify(signed.signature, b"a receipt")
    assert len(signed.base64) == 88
    with pytest.raises(ValueError, match="No key signs"):
        signing.sign(purpose="anything", message=b"")


@pytest.mark.parametrize(("demo", "settable", "wrong"), [(False, False, 1), (True, False, 0), (False, True, 0)])
def test_a_clock_that_can_be_moved_is_refused_but_in_a_demonstration(
    db: None, settings: Any, demo: bool, settable: bool, wrong: int
) -> None:
    settings.DEMO, settings.CLOCK_SETTABLE = demo, settable
    found = [one for one in run_checks(databases=["default"]) if one.id == "appel.E006"]
    assert len(found) == wrong
