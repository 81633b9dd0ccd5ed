"""The sealer: every committed event once, in the order decided, without a gap, whoever writes meanwhile."""

from __future__ import annotations

import random
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from functools import partial

import pytest
from django.db import connection, transaction

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
from workflow import clock, signing
from workflow.log import notes, sealer
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
