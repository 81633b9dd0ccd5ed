"""F20 with real workers: one stands still in the middle (SIGSTOP), another makes the effect, the first goes on (SIGCONT)."""

from __future__ import annotations

import os
import signal
from typing import Any

import pytest
from django.db import connection

from tests.faults.counts import only_long
from tests.patience import until
from tests.running_worker import running_worker
from tests.workflow.hanging_mail_server import HangingMailServer
from tests.workflow.test_lost_servers import let_the_lease_pass
from workflow import clock, outbox
from workflow.models import OutboxMessage

pytestmark = [only_long, pytest.mark.django_db(transaction=True)]


def left_open() -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND state = 'idle in transaction'"
        )
        return [pid for (pid,) in cursor.fetchall()]


def test_a_worker_that_is_stopped_and_goes_on_later_makes_no_second_effect(monkeypatch: pytest.MonkeyPatch) -> None:
    server: Any = HangingMailServer()
    monkeypatch.setenv("EMAIL_URL", server.address)
    try:
        with running_worker() as stopped:
            outbox.post("workflow.send_mail", key="once", now=clock.now(), to="a@b.example", subject="Hello", text="T")
            until(lambda: server.calls, showing=stopped.log)
            os.killpg(stopped.process.pid, signal.SIGSTOP)
            server.silent = False
            for pid in left_open():  # what the database does after thirty seconds
                with connection.cursor() as cursor:
                    cursor.execute("SELECT pg_terminate_backend(%s)", [pid])
            with running_worker() as other:
                let_the_lease_pass()
                until(lambda: OutboxMessage.objects.get().done_at, showing=other.log)
            os.killpg(stopped.process.pid, signal.SIGCONT)
            until(lambda: stopped.said("workflow.deliver") and len(server.taken) == 1, showing=stopped.log)
    finally:
        server.close()
    message = OutboxMessage.objects.get()
    assert (len(server.taken), message.payload["text"], message.attempts) == (1, "", 1)
