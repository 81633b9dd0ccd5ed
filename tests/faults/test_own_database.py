"""F3, F4, F18, F23, F25 with a database that is really stopped, full, without connections, restored: `make faults` only."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from itertools import pairwise
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.faults.applicants import Applicant, acknowledged, pressing
from tests.faults.counts import only_long
from tests.faults.own_database import OwnDatabase
from tests.faults.served import Served, served
from tests.patience import until
from tests.small_disk import fill, small_disk

pytestmark = [only_long, pytest.mark.django_db(transaction=True)]
PEOPLE = 4


@pytest.fixture(scope="module")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> OwnDatabase:
    """A server that has ended, with the tables of the product: each test has a copy of it."""
    own = OwnDatabase.begun(tmp_path_factory.mktemp("migrated"))
    own.child.stop()
    return own


@pytest.fixture
def database(migrated: OwnDatabase, tmp_path: Path) -> Iterator[OwnDatabase]:
    own = migrated.copied(tmp_path / "own")
    yield own
    own.end()


@contextmanager
def town(database: OwnDatabase, log: Path, *, seconds: int) -> Iterator[tuple[Served, list[Applicant]]]:
    """Yield a web server on this database, and people who only need to press the button."""
    made = database.town("make", str(seconds), str(PEOPLE))
    with served(log, **database.environment) as web:
        yield web, [Applicant(web.port, one["reference"], one["cookies"]) for one in made]


def refused(people: list[Applicant]) -> int:
    return sum(one.refused for one in people)


def compare(database: OwnDatabase, people: list[Applicant]) -> list[Any]:
    """Find each receipt once among the rows, stamped in order and rightly; return the rows."""
    rows: list[Any] = database.town("rows")
    assert sorted(row[0] for row in rows) == sorted(acknowledged(people))
    assert all(late == (at > deadline) for _receipt, late, at, deadline in rows)
    return rows


def test_stopped_at_once_while_people_submit(database: OwnDatabase, tmp_path: Path) -> None:
    """F3: 503s, then service; 0 acknowledged are lost, the order is kept."""
    with town(database, tmp_path / "web.log", seconds=900) as (_web, people), pressing(people):
        until(lambda: len(acknowledged(people)) >= PEOPLE)
        for _ in range(3):
            before = len(acknowledged(people))
            database.stop_at_once()
            refusals = refused(people)
            until(lambda refusals=refusals: refused(people) > refusals)
            database.start_again()
            until(lambda before=before: len(acknowledged(people)) > before, within=120)
    rows = compare(database, people)
    for one in people:
        own = one.numbers_of_receipts()
        assert [row[0] for row in rows if row[0] in own] == own
        stamps = [row[2] for row in rows if row[0] in own]
        assert all(earlier < later for earlier, later in pairwise(stamps))


def test_stopped_at_once_in_the_last_seconds_before_the_deadline(database: OwnDatabase, tmp_path: Path) -> None:
    """F3: whoever presses meanwhile has a receipt once it is back, in time or late as the database stamps it."""
    with town(database, tmp_path / "web.log", seconds=900) as (_web, people), ThreadPoolExecutor(PEOPLE) as pool:
        database.town("tick", str(database.town("left") - 10))
        people[0].submit()
        database.stop_at_once()
        pressing_once = [pool.submit(one.submit) for one in people[1:]]
        until(lambda: refused(people) >= PEOPLE - 1)
        database.start_again()
        assert all(one.result(180) for one in pressing_once)
    rows = compare(database, people)
    assert (len(rows), rows[0][0]) == (PEOPLE, people[0].numbers_of_receipts()[0])


def test_away_over_the_deadline_shows_in_the_log_of_the_service(database: OwnDatabase, tmp_path: Path) -> None:
    """F4: no receipt without a commit; who comes after it is late; the gap is there to be proposed with."""
    with town(database, tmp_path / "web.log", seconds=900) as (web, people):
        database.town("tick", str(database.town("left") - 5))
        database.stop_at_once()
        threading.Event().wait(30)
        assert web.status("/") == 503
        with pytest.raises(AssertionError, match="in vain"):
            until(lambda: people[0].pressed("k" * 32), within=3)
        database.start_again()
        assert database.town("rows") == []
        people[0].submit("k" * 32)
        assert [row[1] for row in compare(database, people)] == [True]
        database.town("tick", "60")
        assert sum(one["failures"] for one in database.town("faults")) >= 2


def test_a_full_disk_is_a_503_and_nothing_half(migrated: OwnDatabase, tmp_path: Path) -> None:
    """F18: a small file system that fills up; clean answers, no half row, and service once there is room."""
    with small_disk(tmp_path / "small", mebibytes=160) as small:
        database = migrated.copied(small / "own")
        try:
            _fill_and_make_room(database, small, tmp_path / "web.log")
        finally:
            database.end()


def _fill_and_make_room(database: OwnDatabase, small: Path, log: Path) -> None:
    with town(database, log, seconds=600) as (_web, people), pressing(people):
        until(lambda: len(acknowledged(people)) >= PEOPLE)
        filler = fill(small)
        refusals = refused(people)
        until(lambda: refused(people) > refusals, within=180)
        filler.unlink()
        before = len(acknowledged(people))
        until(lambda: supervised(database) and len(acknowledged(people)) > before + PEOPLE, within=180)
    compare(database, people)


def supervised(database: OwnDatabase) -> bool:
    """Start the server again where it gave up, as whatever supervises it does."""
    if database.child.popen.poll() is not None:
        database.start_again()
    return True


def test_without_a_free_connection_the_answer_is_503_at_once(database: OwnDatabase, tmp_path: Path) -> None:
    """F23: every connection is taken by somebody else; no waiting page, the health page says so, then service."""
    with town(database, tmp_path / "web.log", seconds=600) as (web, people):
        people[1].submit()
        taken = [psycopg.connect(database.url, autocommit=True) for _ in range(20)]
        taken[0].execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> ALL(%s)",
            [[one.info.backend_pid for one in taken]],
        )
        with suppress(psycopg.OperationalError):
            while True:
                taken.append(psycopg.connect(database.url))
        until(lambda: web.status() == 503, within=60)
        assert people[0].pressed("k" * 32) is False
        for one in taken:
            one.close()
        people[0].submit("k" * 32)
        until(lambda: web.status() in (200, 503))
    compare(database, people)


def test_a_restored_dump_lacks_its_tail_and_the_receipts_name_it(database: OwnDatabase, tmp_path: Path) -> None:
    """F25: last night's dump, and a checkpoint and receipts that others have kept."""
    dump, note = tmp_path / "last-night.dump", tmp_path / "checkpoint.txt"
    with town(database, tmp_path / "web.log", seconds=600) as (_web, people):
        people[0].submit()
        database.town("tick", "30")
        assert database.manage("seal_log").returncode == 0
        database.tool("pg_dump", "--format", "custom", "--file", str(dump), database.name)
        people[1].submit()
        database.town("tick", "30")
        sealed = database.manage("seal_log")
    assert sealed.returncode == 0, sealed.stderr
    note.write_text(sealed.stdout)
    sound = database.manage("verify_audit", "--checkpoint", str(note))
    assert sound.returncode in (0, 1), sound.stdout

    database.name = "restored"
    database.tool("createdb", "restored")
    database.tool("pg_restore", "--no-owner", "--dbname", "restored", str(dump))
    found = database.manage("verify_audit", "--checkpoint", str(note))
    assert found.returncode == 2
    assert "are missing" in found.stdout + found.stderr
    there = {row[0] for row in database.town("rows")}
    assert set(acknowledged(people)) - there == set(acknowledged(people[1:])) != set()
