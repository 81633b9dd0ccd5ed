"""The process of a worker that makes the effects is killed alone, as by a lack of memory; its parent hands its message over again."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction

from procurement.models import Application, Paper
from tests.faults.counts import times
from tests.patience import until
from tests.running_worker import running_worker
from tests.store_away import store_away
from tests.workflow.hanging_mail_server import HangingMailServer
from tests.workflow.test_lost_servers import (
    address,
    application,
    ask_for_the_notice,
    let_the_lease_pass,
    post_mails,
    through,
    waiting,
)
from workflow import outbox
from workflow.models import AuditEvent, OutboxMessage, StoredFile

__all__ = ["application"]
pytestmark = pytest.mark.django_db(transaction=True)


def test_a_child_killed_in_the_middle_leaves_nothing_half_done(
    application: Application, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    paper_of = Paper.objects.filter(call=application.call)
    with store_away(settings, "silent") as proxy:
        monkeypatch.setenv("STORAGE_URL", through(proxy))
        with running_worker() as worker:
            ask_for_the_notice(application.call)
            for kills in range(1, times(1, 5) + 1):
                until(lambda kills=kills: len(proxy.open) == kills, showing=worker.log)
                worker.kill_child()
                assert paper_of.get().file is None
                assert StoredFile.objects.filter(name__endswith=".docx").count() == 0
            until(lambda: len(proxy.open) > kills, showing=worker.log)  # by the broker, without waiting for the lease
            proxy.mend()
            proxy.hang_up()
            until(lambda: waiting() == 0, showing=worker.log)
            assert worker.process.poll() is None
            let_the_lease_pass()
    assert paper_of.get().file is not None
    assert StoredFile.objects.filter(name__endswith=".docx").count() == 1
    assert AuditEvent.objects.filter(act="store_paper").count() == 1


def test_a_child_killed_while_it_mails_mails_once(monkeypatch: pytest.MonkeyPatch) -> None:
    server = HangingMailServer()
    monkeypatch.setenv("EMAIL_URL", server.address)
    try:
        with running_worker() as worker:
            post_mails([1])
            for kills in range(1, times(1, 5) + 1):
                until(lambda kills=kills: server.calls == kills, showing=worker.log)
                worker.kill_child()
                message = OutboxMessage.objects.get()
                assert (message.done_at, message.payload["text"], server.taken) == (None, "T", [])
            until(lambda: server.calls > kills, showing=worker.log)
            server.mend()
            until(lambda: OutboxMessage.objects.get().last_error, showing=worker.log)  # hung up on, to be tried again
            let_the_lease_pass()
            until(lambda: waiting() == 0, showing=worker.log)
            assert worker.process.poll() is None
            let_the_lease_pass()
    finally:
        server.close()
    assert len(server.taken) == 1


def test_a_message_that_ends_every_process_becomes_a_dead_letter_and_those_beside_it_go_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    server = HangingMailServer()
    monkeypatch.setenv("EMAIL_URL", server.address)
    try:
        with running_worker() as worker:
            with transaction.atomic():  # handed over together
                post_mails([1, 2, 3])
                OutboxMessage.objects.filter(key__endswith="mail 1").update(attempts=outbox.MAX_ATTEMPTS - 1)
            for kills in (1, 2):
                until(lambda kills=kills: server.calls == kills, showing=worker.log)
                worker.kill_child()
            until(lambda: server.calls == 3, showing=worker.log)
            dead = OutboxMessage.objects.exclude(dead_at=None).get()
            assert (dead.payload["to"], dead.last_error) == (address(1), "Each process that tried it ended.")
            server.mend()
            until(lambda: OutboxMessage.objects.filter(attempts__gt=0, dead_at=None).exclude(last_error="").exists())
            let_the_lease_pass()
            until(lambda: waiting() == 1, showing=worker.log)  # the dead one
    finally:
        server.close()
    assert sorted(server.recipients()) == [address(2), address(3)]
