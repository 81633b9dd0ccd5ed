"""The lock as a process: it gives its public key, asks for the token, and needs its variables."""

from __future__ import annotations

import json
import subprocess
import sys
import urllib.error
import urllib.request
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from procurement import server_lock
from procurement.actions.open_technical import open_technical
from procurement.lock.key import NoKey, from_word, variable
from procurement.models import LockRelease, PieceRelease
from procurement.server_lock import LockAway
from tests.procurement.committees import closed_call, in_session
from tests.running_lock import TOKEN, RunningLock, running_lock
from workflow import clock
from workflow.refusals import Refused


def asked(address: str, body: bytes | None = None, *, token: str = TOKEN) -> int:
    request = urllib.request.Request(address, data=body, headers={"Authorization": f"Bearer {token}"})
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code


@pytest.mark.django_db(transaction=True)
def test_it_gives_its_key_to_anybody_and_a_release_to_who_has_the_token() -> None:
    inside = server_lock.public_key()
    question = json.dumps({"session": 1}).encode()
    with running_lock() as lock:
        assert server_lock.public_key() == inside
        assert server_lock.release(session=1).against == ["LCK-02"]  # there is no such session
        assert asked(f"{lock.address}/release", question, token="another") == 403
        assert asked(f"{lock.address}/release", b'{"session": "1; DROP"}') == 400
        assert asked(f"{lock.address}/release", b"[" * 5000) == 400
        assert asked(f"{lock.address}/key", b"{}") == 404
        assert asked(f"{lock.address}/private") == 404
        _ends_well(lock)


def _ends_well(lock: RunningLock) -> None:
    lock.stop()
    with pytest.raises(LockAway):
        server_lock.public_key()


@pytest.mark.django_db(transaction=True)
def test_a_lock_without_its_database_is_away() -> None:
    with running_lock(DATABASE_URL="postgresql://127.0.0.1:1/none") as lock:
        assert asked(f"{lock.address}/key") == 200
        with pytest.raises(LockAway):
            server_lock.release(session=1)


@pytest.mark.parametrize(
    ("given", "words"),
    [({}, "LOCK_KEY is not set"), ({"LOCK_KEY": "short", "LOCK_TOKEN": "x"}, "32 characters"),
     ({"LOCK_KEY": "x" * 40}, "LOCK_TOKEN is not set")],
)  # fmt: skip
def test_it_does_not_start_without_its_variables(given: dict[str, str], words: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "procurement.lock"], env=given, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert words in done.stderr


def test_it_knows_no_django() -> None:
    code = "import sys, procurement.lock.__main__; print([m for m in sys.modules if m.startswith('django')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_same_word_gives_the_same_key_and_the_private_half_is_not_shown() -> None:
    key = from_word("a" * 40)
    assert key == from_word("a" * 40) != from_word("b" * 40)
    assert "private" not in repr(key)
    with pytest.raises(NoKey):
        from_word("a" * 31)


def test_a_variable_may_be_in_a_file(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "key").write_text("from the file\n")
    monkeypatch.setenv("LOCK_KEY_FILE", str(tmp_path / "key"))
    assert variable("LOCK_KEY") == "from the file"


def test_only_tests_keep_the_lock_inside(settings: Any) -> None:
    settings.CLOCK_SETTABLE = False
    with pytest.raises(ImproperlyConfigured, match="inside:"):
        server_lock.public_key()


@pytest.mark.django_db(transaction=True)
def test_the_process_opens_what_a_quorum_released_and_a_killed_one_makes_the_opening_wait() -> None:
    """F26, with the real lock: what it reads is what was committed."""
    with running_lock() as lock:
        world = closed_call(in_time=("ana",), late=("lou",))
        session = in_session(world, "chair", "v2")
        lock.kill()
        with pytest.raises(Refused) as refusal:
            open_technical(call=world.fresh(), actor=world["secretary"], now=clock.now())
        assert refusal.value.codes == ["LCK-01"]
        assert PieceRelease.objects.count() == 2
    with running_lock():
        open_technical(call=world.fresh(), actor=world["secretary"], now=clock.now())
    assert [one.session_id for one in LockRelease.objects.all()] == [session.pk]
    assert world.application("ana").envelopes.get(kind="technical", opened_at__isnull=False).content["identity"]
    assert not world.application("lou").envelopes.filter(opened_at__isnull=False).exists()
