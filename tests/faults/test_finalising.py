"""F3, F4, F5, F10, F13, F14, F18, F20 while somebody submits or an effect is made: what is acknowledged stays, and counts once."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.urls import reverse

from procurement.actions.publish_call import publish_call
from procurement.actions.return_call import return_call
from procurement.actions.submit_application import submit_application
from procurement.models import Application, Call, Envelope, PublishedDeadline, Submission
from procurement.queries.applications import current_submission
from tests.database import triggers_off
from tests.faults.applicants import browser_of
from tests.faults.counts import times
from tests.patience import until
from tests.procurement.applying import BEFORE, DEADLINE, complete_application, open_call, person
from tests.procurement.drafts import office
from tests.procurement.together import at_once, refusals
from tests.store_away import WAYS, store_away
from tests.workflow.log.logs import other_session
from workflow import audit, availability, clock, outbox
from workflow.models import AuditEvent, OutboxMessage
from workflow.refusals import NoSuchMove

REASON = "Not yet: the criteria do not match."
FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def application(transactional_db: None) -> Application:
    clock.set_to(BEFORE)
    made = complete_application(open_call(), person())
    clock.set_to(BEFORE)
    return made


def press(application: Application, *, key: str = "k" * 32) -> Any:
    """Press the button of the page, on a connection that ends with it."""
    client = browser_of(application)
    address = reverse("application_submission", args=[application.reference])
    try:
        return client.post(address, f"key={key}", content_type=FORM)
    finally:
        connection.close()


def waiting_backend() -> int | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND classid = 1 AND NOT granted")
        row = cursor.fetchone()
    return row[0] if row else None


def press_and_lose_the_connection(application: Application, *, meanwhile: Callable[[], None] = lambda: None) -> Any:
    """Press, let the database end the connection before the commit, and return what the page answered."""
    with ThreadPoolExecutor(1) as pool, other_session() as holder:
        holder.execute("SELECT pg_advisory_xact_lock(1, %s)", [application.call_id])
        pressed = pool.submit(press, application)
        until(waiting_backend)
        meanwhile()
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s)", [waiting_backend()])
        answer = pressed.result(30)
        holder.rollback()
    return answer


def test_a_connection_lost_while_somebody_submits_is_a_503_and_the_next_try_counts_once(
    application: Application,
) -> None:
    """F3, short: the database ends the connection in the middle; no receipt without a commit."""
    answer = press_and_lose_the_connection(application)
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert Submission.objects.count() == 0
    again = [press(application).headers["Location"] for _ in range(3)]
    assert len(set(again)) == 1
    assert Submission.objects.get().receipt_number in again[0]


def test_a_connection_lost_over_the_deadline_is_late_at_the_next_try_and_the_log_of_the_service_says_why(
    application: Application,
) -> None:
    """F4, short: who pressed in time and was answered 503 has no receipt; the minute is there to be proposed with."""
    clock.set_to(DEADLINE - timedelta(seconds=30))
    availability.sample()
    answer = press_and_lose_the_connection(application, meanwhile=lambda: clock.set_to(DEADLINE + timedelta(seconds=1)))
    assert (answer.status_code, Submission.objects.count()) == (503, 0)
    assert press(application).status_code == 302
    assert [one.late for one in Submission.objects.all()] == [True]
    clock.set_to(DEADLINE + timedelta(minutes=1))
    availability.sample()
    found = availability.faults(since=DEADLINE - timedelta(seconds=30), until=clock.now())
    assert [one.failures for one in found] == [1]


@contextmanager
def full_disk() -> Iterator[None]:
    """Let the database say that its disk is full at the last row of a submission, after all the others are written."""
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = 'disk_full'; END $$"
        )
        cursor.execute(
            "CREATE TRIGGER no_room BEFORE INSERT ON workflow_outboxmessage FOR EACH ROW EXECUTE FUNCTION no_room()"
        )
        try:
            yield
        finally:
            cursor.execute("DROP FUNCTION no_room() CASCADE")


def test_a_disk_that_is_full_is_a_503_with_nothing_half_and_the_next_try_counts_once(application: Application) -> None:
    """F18, short: what PostgreSQL says when it cannot write; the long form fills a real file system."""
    before = AuditEvent.objects.count()
    with full_disk():
        answer = press(application)
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert (Submission.objects.count(), OutboxMessage.objects.count(), AuditEvent.objects.count()) == (0, 0, before)
    assert not Envelope.objects.filter(submission__isnull=False).exists()
    assert Application.objects.get(pk=application.pk).state == "draft"
    assert press(application).status_code == 302
    assert (Submission.objects.count(), OutboxMessage.objects.count()) == (1, 1)


@pytest.mark.parametrize("way", WAYS)
def test_a_store_that_is_away_does_not_stop_anybody_from_submitting(
    application: Application, settings: Any, way: str
) -> None:
    """F5: finalising does not touch the store; the receipt in Word comes when it is back."""
    with store_away(settings, way) as proxy:
        assert press(application).status_code == 302
        assert proxy.open == []
    assert Submission.objects.count() == 1


def test_two_tabs_submit_what_differs_and_the_last_one_counts(application: Application) -> None:
    """F13: both are stored with a receipt each; the last counts, and says which one it replaces."""
    now, before = clock.now(), None
    for number in range(times(1, 20)):
        acts = [
            lambda key=f"{tab} {number}": submit_application(
                application=application, actor=application.user, now=now, idempotency_key=key
            )
            for tab in ("first tab", "second tab")
        ]
        at_once(*acts)
        first, last = Submission.objects.order_by("id")[2 * number :]
        assert (last.replaces, first.replaces) == (first, before)
        assert first.submitted_at <= last.submitted_at
        assert current_submission(Application.objects.get(pk=application.pk)) == last
        assert first.receipt_number != last.receipt_number
        before = last


@pytest.mark.django_db(transaction=True)
def test_a_message_delivered_three_times_at_once_has_one_effect(monkeypatch: pytest.MonkeyPatch) -> None:
    """F10."""

    def count(*, message: Any, now: Any, **_: Any) -> None:
        audit.record(None, "counted", actor=None, now=now)

    monkeypatch.setitem(outbox.HANDLERS, "test.count", count)
    for number in range(times(5, 200)):
        with outbox.delivered_here():
            message = outbox.post("test.count", key=str(number), now=clock.now())
        assert sorted(at_once(*[lambda pk=message.pk: outbox.deliver(pk)] * 3)) == [False, False, True]
    assert AuditEvent.objects.filter(act="counted").count() == times(5, 200)


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_stood_still_comes_back_too_late_and_its_effect_is_undone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """F20, short: the database ends the transaction that was left open, another worker makes the effect, once."""
    stands, goes_on, calls = threading.Event(), threading.Event(), list[int]()

    def slow(*, message: Any, now: Any, **_: Any) -> None:
        calls.append(1)
        audit.record(None, "counted", actor=None, now=now)
        if len(calls) == 1:
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL idle_in_transaction_session_timeout = '100ms'")
            stands.set()
            assert goes_on.wait(60)

    def deliver() -> Any:
        try:
            return outbox.deliver(message.pk)
        except Exception as error:
            return error
        finally:
            connection.close()

    monkeypatch.setitem(outbox.HANDLERS, "test.slow", slow)
    with outbox.delivered_here():
        message = outbox.post("test.slow", key="1", now=clock.now())
    with ThreadPoolExecutor(1) as pool:
        stopped = pool.submit(deliver)
        assert stands.wait(60)
        until(lambda: outbox.deliver(message.pk))
        goes_on.set()
        assert isinstance(stopped.result(60), Exception)
    assert AuditEvent.objects.filter(act="counted").count() == 1
    assert OutboxMessage.objects.get().done_at is not None


@pytest.mark.django_db(transaction=True)
def test_two_officers_move_a_call_differently_and_one_wins() -> None:
    """F14: one publishes while the other sends back; one winner, one refusal, one event, each time."""
    world = office("approved")
    before = Call.objects.filter(pk=world.call.pk).values().get()
    officer, approver, now = world.cast["officer"], world.cast["approver"], world.stage.at("2020-02-03T09:00")
    for number in range(times(10, 1000)):
        put_back(before)
        call = world.fresh()
        answers = at_once(
            lambda call=call: publish_call(call=call, actor=officer, now=now),
            lambda call=call: return_call(call=call, reason=REASON, actor=approver, now=now),
        )
        assert refusals(answers) == [NoSuchMove], number
        assert AuditEvent.objects.filter(act__in=("publish", "return_to_draft"), outcome="done").count() == number + 1
        assert (world.fresh().state == "published") == world.call.published_deadlines.exists(), number


def put_back(before: dict[str, Any]) -> None:
    with triggers_off(), transaction.atomic():
        PublishedDeadline.objects.filter(call_id=before["id"]).delete()
        Call.objects.filter(pk=before["id"]).update(**before)
