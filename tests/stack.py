"""The servers under the tests: those the environment names, else a throw-away stack that ends with the tests.

Nothing is shared between two runs: a database, a bucket and a broker number for each pytest-xdist worker, and
PYTEST_DB_SUFFIX keeps apart several people who use the same servers.
"""

from __future__ import annotations

import json
import os
import zlib
from contextlib import ExitStack
from urllib.parse import urlsplit

import pytest
from django.conf import LazySettings, settings

from infra.local import catalogues, environment, objects, places, say
from infra.local.test import throw_away

BASE = "APPEL_TEST_SERVERS"
FIXED = {
    "DEBUG": "1",
    "DEMO": "1",
    "CLOCK_SETTABLE": "1",
    "TWO_FACTOR_REQUIRED": "0",
    "SITE_URL": "http://localhost:8000",
    "ALLOWED_HOSTS": "localhost,127.0.0.1,testserver",
    "SECRET_KEY": "only-for-tests-0123456789-abcdefghijklmnopqrstuvwxyz-",
    "SIGNING_KEY": "only-for-tests-signs-what-no-one-needs-to-believe-",
    "LOCK_URL": "inside:",
    "LOCK_KEY": "only-for-tests-opens-what-nobody-has-sealed-for-real",
    "DATABASE_IDLE_SECONDS": "300",  # a test may hold its transaction while LibreOffice or a browser works
    "AWS_EC2_METADATA_DISABLED": "true",
    "LOG_LEVEL": "WARNING",
}
_open = ExitStack()


def prepare() -> None:
    """Put the addresses and settings of this test process into its environment, starting the servers that are missing."""
    if BASE not in os.environ:
        catalogues.compile_all()
        os.environ[BASE] = json.dumps(_servers())
    servers = json.loads(os.environ[BASE])
    worker, suffix = os.environ.get("PYTEST_XDIST_WORKER", ""), os.environ.get("PYTEST_DB_SUFFIX", "")
    own = environment.apart(servers, name=suffix or "tests", number=_number(worker, suffix))
    if worker:
        storage = urlsplit(own["STORAGE_URL"])
        own["STORAGE_URL"] = storage._replace(path=f"{storage.path}-{worker}").geturl()
    static = places.VAR / "test" / "static"
    static.mkdir(parents=True, exist_ok=True)
    mail = environment.file_address(places.VAR / "test" / "mail")
    os.environ.update({**own, **FIXED, "STATIC_ROOT": str(static), "EMAIL_URL": mail})
    objects.ensure_bucket(own["STORAGE_URL"], fresh=True)


def read_settings() -> LazySettings:
    """Read the project's settings now, with the addresses of this process in the environment.

    The name of the settings does not stay in the environment: a pytest-xdist worker that found it there would read them
    before its own addresses are known.
    """
    if settings.configured:
        raise pytest.UsageError(
            "Unset DJANGO_SETTINGS_MODULE: the tests name the settings themselves, once their servers are up."
        )
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    assert os.environ["BROKER_URL"] == settings.CELERY_BROKER_URL
    del os.environ["DJANGO_SETTINGS_MODULE"]
    return settings


def end() -> None:
    """Stop the servers that were started for these tests; those that were named stay."""
    _open.close()


def _servers() -> dict[str, str]:
    missing = [name for name in environment.SERVERS if not os.environ.get(name)]
    if missing:
        say.line("Servers for the tests")
        os.environ.update(_open.enter_context(throw_away(who="pytest", servers=missing)))
    return {name: os.environ[name] for name in environment.SERVERS}


def _number(worker: str, suffix: str) -> int:
    """Choose one of the sixteen databases of a broker that others may be using too."""
    place = int(worker.removeprefix("gw") or 0) if worker else 2
    return 1 + zlib.crc32(suffix.encode()) % 5 * 3 + place % 3
