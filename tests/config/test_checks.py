"""`manage.py check` says what is wrong with an installation: asked as whoever installs it asks, by the command itself."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from urllib.parse import urlsplit

import pytest
from django.db import connection

from infra.local import places
from infra.local.test import documented


def check(*how: str, **variables: str) -> tuple[int, set[str]]:
    """Return how the command ended, and the numbers of what it found."""
    done = subprocess.run(
        [sys.executable, "manage.py", "check", *how], env=documented() | variables, cwd=places.ROOT,
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    return done.returncode, set(re.findall(r"\(((?:appel|security)\.\w+)\)", done.stdout + done.stderr))


def test_an_installation_as_it_is_documented_has_no_finding() -> None:
    assert check("--deploy", "--fail-level", "WARNING") == (0, set())


@pytest.mark.parametrize(
    ("variable", "value", "number"),
    [
        ("DEMO", "1", "E001"), ("CLOCK_SETTABLE", "1", "E002"), ("TWO_FACTOR_REQUIRED", "0", "E003"),
        ("EMAIL_URL", "console:", "E005"), ("ENCRYPTION_KEYS", "short", "E007"), ("SIGNING_KEY", "short", "E008"),
        ("SIGNING_KEYS_RETIRED", "no key", "E009"), ("LOCK_URL", "", "E010"), ("LOCK_URL", "inside:", "E011"),
        ("LOCK_TOKEN", "short", "E012"), ("CLAMD_URL", "tcp://192.0.2.1:3310", "E020"),
    ],
)  # fmt: skip
def test_each_fault_of_an_installation_ends_the_command(variable: str, value: str, number: str) -> None:
    code, found = check("--deploy", **{variable: value})
    assert (code, found) == (1, {f"appel.{number}"})


@pytest.mark.django_db
def test_what_is_to_be_asked_each_hour_ends_with_one_where_the_store_is_away() -> None:
    address = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}").geturl()
    asked = ("--database", "default", "--fail-level", "WARNING")
    store = "s3://key:word@127.0.0.1:9/appel?scheme=http"
    code, found = check(*asked, DATABASE_URL=address, CLOCK_SETTABLE="1", STORAGE_URL=store, BROKER_URL=os.environ["BROKER_URL"],
                        CACHE_URL=os.environ["BROKER_URL"])  # fmt: skip
    assert (code, found) == (1, {"appel.W002"})
