"""A broker that is lost and a worker that is killed: the act stands, each effect comes once, later."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import redis
from django.conf import settings as project
from django.db import transaction
from django.urls import reverse

from accounts import mailbox
from config.celery import app
from procurement.actions.write_paper import write_paper
from procurement.enums import PaperKind
from procurement.models import Application, Call, Paper, Submission
from procurement.queries.papers.notice import notice_facts
from tests.faults.counts import times
from tests.patience import until
from tests.procurement.applying import BEFORE, complete_application, open_call, person
from tests.procurement.browsers import Browser
from tests.running_worker import running_worker
from tests.store_away import store_away
from tests.workflow.hanging_mail_server import HangingMailServer
from workflow import clock, outbox
from workflow.models import AuditEvent, OutboxMessage, StoredFile

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def letters(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Mails of this process and of its workers go to a folder of their own."""
    folder = tmp_path / "mail"
    folder.mkdir()
    monkeypatch.setenv("EMAIL_URL", f"file://{folder}")
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = str(folder)
    return folder


@pytest.fixture
def application(transactional_db: None) -> Application:
    clock.set_to(BEFORE)
    return complete_application(open_call(), person())


@pytest.fixture
def broker_away() -> Iterator[None]:
    """Point this process at a broker that does not answer; the connections it holds are forgotten."""
    usual = app.conf.broker_url
    _connect_to("redis://127.0.0.1:9/0")
    yield
    _connect_to(usual)


def _connect_to(address: str) -> None:
    app.conf.broker_url = app.conf.broker_read_url = app.conf.broker_write_url = address
    app.pool.force_close_all()
    app._pool = None
    app.amqp._producer_pool = None
    import kombu.pools

    kombu.pools.reset()


def submit(application: Application) -> Any:
    """Press the button of the page."""
    client = Browser(headers={"accept-language": "en"})
    client.force_login(application.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    clock.set_to(BEFORE)
    return client.post(reverse("application_submission", args=[application.reference]), {"key": "k" * 32}, follow=True)


def ask_for_the_notice(call: Call) -> None:
    """Have the worker write a paper."""
    now = clock.now()
    with transaction.atomic():
        write_paper(
            call=call, kind=PaperKind.NOTICE, template="notice", paper_facts=notice_facts(call, now=now), actor=None, now=now
        )  # fmt: skip


def waiting() -> int:
    return OutboxMessage.objects.filter(done_at=None).count()


def let_the_lease_pass() -> None:
    """Do what the tick does a minute later."""
    OutboxMessage.objects.filter(done_at=None).update(available_at=clock.now() - timedelta(seconds=1))
    outbox.relay()


def receipts(folder: Path, application: Application) -> list[mailbox.Letter]:
    assert str(folder) == project.EMAIL_FILE_PATH
    return [one for one in mailbox.letters() if one.to == application.user.email]


def test_a_submission_without_broker_is_acknowledged_at_once_and_mailed_once_it_is_back(
    application: Application, letters: Path, broker_away: None
) -> None:
    answer = submit(application)
    assert answer.status_code == 200
    assert "Your application is submitted" in answer.content.decode()
    assert Submission.objects.count() == 1
    assert waiting() == 1  # the mail; the receipt in Word is written for the applicant alone, when it is asked for
    assert receipts(letters, application) == []
    with running_worker() as worker:
        _connect_to(project.CELERY_BROKER_URL)
        let_the_lease_pass()
        until(lambda: waiting() == 0, showing=worker.log)
        let_the_lease_pass()  # nothing waits: nothing comes twice
    assert len(receipts(letters, application)) == 1


def test_a_broker_that_forgets_everything_costs_time_and_nothing_else(
    application: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It forgets what waits for a worker, and again what is handed over while the worker is in the middle of a mail."""
    many, server = times(20, 500), HangingMailServer()
    monkeypatch.setenv("EMAIL_URL", server.address)
    forgotten()  # what tests before this one left there
    try:
        assert submit(application).status_code == 200
        post_mails(range(many))
        assert forgotten() == many + 1
        with running_worker() as worker:
            assert (outbox.relay(), waiting()) == (0, many + 1)  # leased: the broker may still have them
            let_the_lease_pass()
            until(lambda: server.calls, showing=worker.log)
            post_mails(range(many, 2 * many))
            assert forgotten() > many  # the new ones, and those of the lease that no worker has taken
            server.mend()
            while left := waiting():
                let_the_lease_pass()
                let_the_lease_pass()  # handed over twice: the second finds it done
                fewer = left - min(100, (left + 1) // 2)
                until(lambda fewer=fewer: waiting() <= fewer, showing=worker.log)
    finally:
        server.close()
    assert Counter(server.recipients()) == Counter([application.user.email, *map(address, range(2 * many))])


def address(number: int) -> str:
    return f"person-{number}@people.example"


def post_mails(numbers: Iterable[int]) -> None:
    for number in numbers:
        outbox.post(
            "workflow.send_mail", key=f"mail {number}", now=clock.now(), to=address(number), subject="Hello", text="T"
        )


def forgotten() -> int:
    """Have the broker forget everything; return how many hints it had."""
    server: Any = redis.Redis.from_url(project.CELERY_BROKER_URL)
    with server:
        had = int(server.llen(project.CELERY_TASK_DEFAULT_QUEUE))
        server.flushdb()
    return had


def test_a_worker_killed_in_the_middle_leaves_nothing_half_done(
    application: Application, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The worker has rendered the notice and waits for the store when the power goes."""
    paper_of = Paper.objects.filter(call=application.call)
    with store_away(settings, "silent") as proxy:
        monkeypatch.setenv("STORAGE_URL", through(proxy))
        with running_worker() as worker:
            ask_for_the_notice(application.call)
            until(lambda: proxy.open, showing=worker.log)
            worker.kill()
        assert paper_of.get().file is None
        assert StoredFile.objects.filter(name__endswith=".docx").count() == 0
        proxy.mend()
        with running_worker() as worker:
            let_the_lease_pass()
            until(lambda: waiting() == 0, showing=worker.log)
    assert paper_of.get().file is not None
    assert StoredFile.objects.filter(name__endswith=".docx").count() == 1
    assert AuditEvent.objects.filter(act="store_paper").count() == 1


def through(proxy: Any) -> str:
    from os import environ
    from urllib.parse import urlsplit

    address = urlsplit(environ["STORAGE_URL"])
    host = f"{address.username}:{address.password}@{urlsplit(proxy.address).netloc}"
    return address._replace(netloc=host, query=f"{address.query}&timeout=60").geturl()


def test_a_worker_killed_while_it_mails_mails_once(monkeypatch: pytest.MonkeyPatch) -> None:
    server = HangingMailServer()
    monkeypatch.setenv("EMAIL_URL", server.address)
    try:
        with running_worker() as worker:
            outbox.post("workflow.send_mail", key="once", now=clock.now(), to="a@b.example", subject="Hello", text="T")
            until(lambda: server.calls, showing=worker.log)
            worker.kill()
        message = OutboxMessage.objects.get()
        assert (message.done_at, message.payload["text"]) == (None, "T")
        server.silent = False
        with running_worker() as worker:
            let_the_lease_pass()
            until(lambda: waiting() == 0, showing=worker.log)
            let_the_lease_pass()
    finally:
        server.close()
    assert len(server.taken) == 1
    assert b"Message-ID" in server.taken[0]
