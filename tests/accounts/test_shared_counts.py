"""Attempts and codes already used are counted for every process; a server that is away locks nobody out."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Any

import pytest
import redis
from allauth.mfa.totp.internal import auth
from django.conf import settings as project
from django.core.cache import cache
from django.test import Client

from accounts.models import User
from config.counters import SharedCache
from tests.accounts.test_second_factor import PASSWORD, code_of

ANOTHER_PROCESS = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
import django
django.setup()
from allauth.core.internal import ratelimit
from django.core.cache import cache
from django.test import RequestFactory
what, key = sys.argv[1:]
if what == "code":
    sys.exit(0 if cache.add(key, "y", 30) else 3)
request = RequestFactory().post("/accounts/2fa/authenticate/")
for _ in range(5):
    assert ratelimit.consume(request, app="allauth.account", action="login_failed", key=key)
"""


def in_another_process(what: str, key: str) -> int:
    command = [sys.executable, "-c", ANOTHER_PROCESS, what, key]
    return subprocess.run(command, env=dict(os.environ), check=False, timeout=60).returncode


@pytest.fixture
def secret(rosa: User) -> str:
    made = str(auth.generate_totp_secret())
    auth.TOTP.activate(rosa, made)
    return made


def at_the_code(user: User) -> Client:
    browser = Client(headers={"accept-language": "en"})
    browser.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
    return browser


def test_wrong_codes_typed_at_another_process_count_here(rosa: User, secret: str) -> None:
    browser = at_the_code(rosa)
    assert in_another_process("attempts", f"mfa-auth-user-{rosa.pk}") == 0
    answer = browser.post("/accounts/2fa/authenticate/", {"code": code_of(secret)})
    assert answer.status_code == 200
    assert "Too many" in answer.content.decode()
    assert "_auth_user_id" not in browser.session
    cache.clear()
    assert browser.post("/accounts/2fa/authenticate/", {"code": code_of(secret)}).status_code == 302


def test_a_code_used_at_another_process_is_used(rosa: User, secret: str) -> None:
    code = code_of(secret)
    assert in_another_process("code", f"allauth.mfa.totp.used?user={rosa.pk}&code={code}") == 0
    assert at_the_code(rosa).post("/accounts/2fa/authenticate/", {"code": code}).status_code == 200


def test_passwords_are_counted_in_the_database() -> None:
    assert getattr(project, "AXES_HANDLER", "axes.handlers.database.AxesDatabaseHandler").endswith("DatabaseHandler")


def shared(**changed: Any) -> SharedCache:
    described = {**project.CACHES["default"], **changed}
    return SharedCache(described.pop("LOCATION"), {k: v for k, v in described.items() if k != "BACKEND"})


def test_while_the_server_is_away_each_process_counts_alone(rosa: User, secret: str, settings: Any) -> None:
    settings.CACHES = {"default": {**project.CACHES["default"], "LOCATION": "redis://127.0.0.1:9/0"}}
    code = code_of(secret)
    answers = [at_the_code(rosa).post("/accounts/2fa/authenticate/", {"code": code}) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 200]


def test_a_server_that_comes_back_is_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = shared(LOCATION="redis://127.0.0.1:9/0")
    assert kept.add("one", 1)
    assert kept.away_until > 0
    kept._servers[:] = [str(project.CACHES["default"]["LOCATION"])]
    kept.__dict__.pop("_cache", None)
    assert cache.get("one") is None
    kept.away_until = 0.0
    assert kept.add("one", 2)
    assert cache.get("one") == 2


def test_emptying_the_counts_leaves_what_else_the_server_keeps() -> None:
    server: Any = redis.Redis.from_url(str(project.CACHES["default"]["LOCATION"]))
    with server:
        server.set("a message of the broker", "x", ex=30)
        cache.set("count", 1)
        cache.clear()
        assert cache.get("count") is None
        assert server.get("a message of the broker") == b"x"
        server.delete("a message of the broker")
