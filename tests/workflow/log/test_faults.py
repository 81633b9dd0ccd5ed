"""F21 and F22 of the list of faults: a session left open, and a sealer killed between insert and commit."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.db import connection

from config import env
from tests.patience import until
from tests.running_worker import address_of_database
from tests.workflow.log.logs import INSERT, examined, numbers, other_session, seal_all, waiting, write
from workflow import clock
from workflow.log import sealer
from workflow.models import AuditEvent, AuditLeaf, AuditSalt, AuditSeal

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = int(os.environ.get("FAULT_ROUNDS", "20"))
HELD = 7722  # the advisory lock at which the sealer of these tests is stopped


def test_a_session_left_open_is_ended_by_the_database_and_leaves_no_gap() -> None:
    with other_session() as idle:
        idle.execute("SET idle_in_transaction_session_timeout = '200ms'")
        idle.execute(INSERT, ["left open"])
        write(3)
        clock.set_to(clock.now() + sealer.PATIENCE)
        assert sealer.seal_all() == 3  # nobody waits for it longer than this
        until(lambda: not _is_there(idle.info.backend_pid), within=10)
        with pytest.raises(psycopg.Error, match="idle-in-transaction timeout"):
            idle.execute("SELECT 1")
    write(1)
    assert seal_all() == 1
    assert numbers() == [0, 1, 2, 3]
    assert not AuditEvent.objects.filter(act="left open").exists()
    assert examined().code == 0


def _is_there(backend: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE pid = %s", [backend])
        return bool(cursor.fetchone()[0])


def test_every_connection_of_the_product_is_ended_after_thirty_seconds_left_open(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SHOW idle_in_transaction_session_timeout")
        assert cursor.fetchone() == ("5min",)  # as the tests ask for
    monkeypatch.delenv("DATABASE_IDLE_SECONDS")
    options: Any = env.database()["OPTIONS"]
    assert "-c idle_in_transaction_session_timeout=30s" in options["options"]


SEALERS = """
import os, sys, django
django.setup()
from datetime import timedelta
from workflow.log import sealer
print("ready", flush=True)
for _ in sys.stdin:
    child = os.fork()
    if not child:
        sealer.seal(patience=timedelta(0))
        os._exit(0)
    print(child, flush=True)
    os.waitpid(child, 0)
    print("over", flush=True)
"""


@pytest.fixture
def sealers() -> Iterator[Any]:
    """A process that lets a sealer out of it, each time it is asked to."""
    environment = {**os.environ, "DATABASE_URL": address_of_database(), "DJANGO_SETTINGS_MODULE": "config.settings"}
    with subprocess.Popen(
        [sys.executable, "-c", SEALERS], env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        yield process
        assert process.stdin is not None
        process.stdin.close()


@pytest.fixture
def stopped_before_its_commit() -> Iterator[None]:
    """Stop whoever inserts a checkpoint until a lock of this test is free."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE FUNCTION stop_here() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN PERFORM pg_advisory_xact_lock({HELD}); RETURN NULL; END $$"
        )
        cursor.execute(
            "CREATE TRIGGER stop AFTER INSERT ON workflow_auditseal FOR EACH ROW EXECUTE FUNCTION stop_here()"
        )
        yield
        cursor.execute("DROP FUNCTION stop_here() CASCADE")


def test_a_sealer_killed_before_its_commit_leaves_nothing_half(sealers: Any, stopped_before_its_commit: None) -> None:
    for number in range(ROUNDS):
        write(1 + number % 3)
        before = (AuditLeaf.objects.count(), AuditSalt.objects.count(), AuditSeal.objects.count(), waiting())
        _kill_one(sealers)
        assert (AuditLeaf.objects.count(), AuditSalt.objects.count(), AuditSeal.objects.count(), waiting()) == before
        if number % 4 == 3:
            assert seal_all() > 0
    seal_all()

    assert numbers() == list(range(AuditEvent.objects.count()))
    sizes = list(AuditSeal.objects.order_by("number").values_list("tree_size", "root"))
    assert len({size for size, _root in sizes}) == len({(size, bytes(root)) for size, root in sizes})
    assert [fault.sentence for fault in examined().faults] == [
        "The trigger stop is not one of the product’s.",
        "The function stop_here is not one of the product’s.",
    ]


def _kill_one(sealers: Any) -> None:
    """Let a sealer out, wait until it has inserted everything, kill it, and wait until the database has undone its work."""
    with other_session() as holder:
        holder.execute("SELECT pg_advisory_xact_lock(%s)", [HELD])
        sealers.stdin.write("seal\n")
        sealers.stdin.flush()
        child = int(sealers.stdout.readline())
        until(_stopped, within=20)
        os.kill(child, signal.SIGKILL)
        assert sealers.stdout.readline() == "over\n"
    until(lambda: not _locked(sealer.SEAL_LOCK), within=20)


def _stopped() -> bool:
    return _locked(HELD, granted=False)


def _locked(key: int, *, granted: bool = True) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objid = %s AND granted = %s "
            "AND database = (SELECT oid FROM pg_database WHERE datname = current_database())",
            [key, granted],
        )
        return bool(cursor.fetchone()[0])
