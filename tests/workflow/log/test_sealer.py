"""The sealer: every committed event once, in the order decided, without a gap, whoever writes meanwhile."""

from __future__ import annotations

import random
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from tests.procurement.together import at_once
from tests.workflow.log.logs import (
    INSERT,
    examined,
    in_order,
    numbers,
    other_session,
    seal_all,
    sealed_log,
    waiting,
    without_triggers,
    write,
)
from workflow import clock, signing, tasks
from workflow.log import lag, notes, sealer
from workflow.log.tree import root_of
from workflow.models import AuditEvent, AuditLeaf, AuditSalt, AuditSeal

pytestmark = pytest.mark.django_db(transaction=True)


def test_what_waits_is_numbered_from_nought_under_a_signed_checkpoint() -> None:
    events = write(5)
    assert waiting() == 5

    done = sealer.seal(patience=timedelta(0))

    assert done is not None
    assert (done.events, numbers(), in_order()) == (5, [0, 1, 2, 3, 4], [event.pk for event in events])
    assert (waiting(), AuditSalt.objects.count()) == (0, 5)
    text, key = notes.opened(done.seal.note, keys=[signing.public_key("log")])
    said = notes.Checkpoint.read(text)
    assert (said.size, said.number, said.origin, key.name) == (5, 1, "localhost/log", "localhost/log")
    assert said.root == root_of(
        [bytes(leaf) for leaf in AuditLeaf.objects.order_by("seq").values_list("leaf", flat=True)]
    )


def test_a_log_goes_on_where_it_ended() -> None:
    sealed_log(3, 1, 4)
    assert numbers() == list(range(8))
    assert list(AuditSeal.objects.order_by("number").values_list("number", "tree_size")) == [(1, 3), (2, 4), (3, 8)]
    assert examined().code == 0


def test_nothing_to_seal_writes_nothing() -> None:
    sealed_log(2)
    assert sealer.seal(patience=timedelta(0)) is None
    assert seal_all() == 0
    assert AuditSeal.objects.count() == 1


def test_more_than_a_batch_is_sealed_batch_by_batch() -> None:
    write(7)
    assert seal_all(limit=3) == 7
    assert list(AuditSeal.objects.order_by("number").values_list("tree_size", flat=True)) == [3, 6, 7]


def test_what_was_rolled_back_is_not_there_and_leaves_no_gap() -> None:
    write(1)
    with transaction.atomic():
        write(3)
        transaction.set_rollback(True)
    write(1)
    assert seal_all() == 2
    assert numbers() == [0, 1]


def test_events_wait_for_a_transaction_that_began_before_them() -> None:
    with other_session() as slow:
        slow.execute(INSERT, ["slow"])
        write(3)
        assert sealer.seal_all() == 0  # the day alone: nothing is decided
        slow.commit()
    write(1)
    assert seal_all() == 5
    acts = dict(AuditEvent.objects.values_list("id", "act"))
    assert [acts[event] for event in in_order()] == ["slow", "look", "look", "look", "look"]


def test_events_do_not_wait_for_ever_for_a_transaction_left_open() -> None:
    with other_session() as slow:
        slow.execute(INSERT, ["slow"])
        write(2)
        clock.set_to(clock.now() + sealer.PATIENCE)
        assert sealer.seal_all() == 2
        slow.commit()
    clock.set_to(clock.now() + sealer.PATIENCE)
    assert sealer.seal_all() == 1
    acts = dict(AuditEvent.objects.values_list("id", "act"))
    assert [acts[event] for event in in_order()] == ["look", "look", "slow"]
    assert examined().code == 0


def test_a_sealer_at_work_keeps_every_other_away() -> None:
    write(2)
    with other_session() as other:
        other.execute("SELECT pg_advisory_xact_lock(%s)", [sealer.SEAL_LOCK])
        assert sealer.seal() is None
        other.rollback()
        assert seal_all() == 2


def write_and_sometimes_give_up(written: list[int], *, seed: int) -> None:
    """Write events one by one, two writers slowly; one in five is rolled back."""
    chance = random.Random(seed)
    for _ in range(25):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(INSERT, ["raced"])
            [event] = cursor.fetchone()
            cursor.execute("SELECT pg_sleep(%s)", [chance.random() * (0.02 if seed < 2 else 0.002)])
            if kept := chance.random() > 0.2:
                written.append(event)
            transaction.set_rollback(not kept)


@contextmanager
def sealing_meanwhile(*, sealers: int) -> Iterator[None]:
    """Let so many sealers seal without a rest; they end with the block, whatever becomes of it, and what they met is raised."""
    over = threading.Event()

    def seal() -> None:
        try:
            while not over.is_set():
                seal_all(limit=7)
        finally:
            connection.close()

    with ThreadPoolExecutor(sealers) as pool:
        running = [pool.submit(seal) for _ in range(sealers)]
        try:
            yield
        finally:
            over.set()
        for one in running:
            one.result()


def test_no_event_is_missed_while_many_write_and_several_seal() -> None:
    """Five writers and two sealers that never rest."""
    written = list[int]()
    connection.close()  # this process has eight
    with sealing_meanwhile(sealers=2):
        at_once(*(partial(write_and_sometimes_give_up, written, seed=seed) for seed in range(5)))
    seal_all()

    assert len(written) > 70
    assert sorted(in_order()) == sorted(written)
    assert numbers() == list(range(len(written)))
    assert AuditSeal.objects.count() > 5
    assert examined().code == 0


def test_the_first_checkpoint_of_a_day_is_its_anchor_whether_or_not_something_happened() -> None:
    start = clock.now().replace(hour=20)
    for hours in (0, 1, 8, 9, 32):  # the evening, the evening, the next day, the next day, the day after
        clock.set_to(start + timedelta(hours=hours))
        write(1) if hours == 0 else None
        seal_all()
    days = list(AuditSeal.objects.order_by("number").values_list("day", flat=True))
    assert days == [(start + timedelta(days=more)).date() for more in range(3)]
    assert set(AuditSeal.objects.values_list("tree_size", flat=True)) == {1}
    assert examined().code == 0


def test_an_event_restored_from_another_server_is_sealed() -> None:
    [event] = write(1)
    without_triggers("UPDATE workflow_auditevent SET txid = txid + 1000000")
    clock.set_to(clock.now() + sealer.PATIENCE)
    assert sealer.seal_all() == 1
    assert in_order() == [event.pk]


def test_an_event_that_is_sealed_already_is_not_sealed_again() -> None:
    sealed_log(1)
    without_triggers("INSERT INTO workflow_auditwaiting (event_id) SELECT id FROM workflow_auditevent")
    assert seal_all() == 0
    assert numbers() == [0]


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE workflow_auditseal SET peaks = decode(repeat('00', 32), 'hex')", "does not say what its row holds"),
        ("UPDATE workflow_auditseal SET note = replace(note, 'localhost', 'elsewhere')", "cannot be continued"),
        ("UPDATE workflow_auditleaf SET seq = 9", "the last entry has the number 9"),
        ("DELETE FROM workflow_auditleaf", "the last entry has the number None"),
    ],
)
def test_nothing_is_signed_on_top_of_a_log_that_was_changed(statement: str, said: str) -> None:
    sealed_log(1)
    without_triggers(statement)
    write(1)
    with pytest.raises(sealer.LogBroken, match=said):
        sealer.seal()
    assert AuditSeal.objects.count() == 1


@pytest.mark.parametrize("table", ["auditleaf", "auditseal", "auditsalt"])
@pytest.mark.parametrize("what", ["DELETE FROM {}", "TRUNCATE {} CASCADE", "UPDATE {} SET {column} = {column}"])
def test_what_is_sealed_is_written_once(table: str, what: str) -> None:
    sealed_log(1)
    column = {"auditleaf": "leaf", "auditseal": "root", "auditsalt": "salt"}[table]
    statement = what.format(f"workflow_{table}", column=column)
    with pytest.raises(IntegrityError, match="written once"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_whoever_waits_too_long_is_heard_of(caplog: pytest.LogCaptureFixture) -> None:
    sealed_log(1)
    write(2)
    assert not lag.found().alarming
    clock.set_to(clock.now() + timedelta(seconds=61))
    with other_session() as stuck:
        stuck.execute("SELECT pg_advisory_xact_lock(%s)", [sealer.SEAL_LOCK])
        tasks.seal_log()
        stuck.rollback()
    assert "2 events wait to be sealed in the log, the oldest for 61 seconds." in caplog.text
    tasks.seal_log()
    assert not lag.found().alarming


def test_an_event_taken_away_before_it_was_sealed_is_heard_of() -> None:
    write(2)
    without_triggers("DELETE FROM workflow_auditevent WHERE id = (SELECT min(id) FROM workflow_auditevent)")
    assert lag.found().alarming
    assert "1 events of the log are gone" in lag.found().sentence
    assert seal_all() == 1
    assert examined().code == 2


def test_the_command_seals_and_prints_the_checkpoint() -> None:
    write(3)
    clock.set_to(clock.now() + sealer.PATIENCE)
    out, said = StringIO(), StringIO()
    call_command("seal_log", stdout=out, stderr=said)
    assert said.getvalue() == "3 events sealed.\n"
    assert out.getvalue() == AuditSeal.objects.get().note


def test_the_command_fails_where_somebody_must_look() -> None:
    write(1)
    clock.set_to(clock.now() + timedelta(seconds=61))
    with other_session() as stuck:
        stuck.execute("SELECT pg_advisory_xact_lock(%s)", [sealer.SEAL_LOCK])
        with pytest.raises(CommandError, match="the oldest for 61 seconds"):
            call_command("seal_log", stderr=StringIO())
        stuck.rollback()
    seal_all()
    without_triggers("DELETE FROM workflow_auditleaf")
    with pytest.raises(CommandError, match="verify_audit"):
        call_command("seal_log", stderr=StringIO())
