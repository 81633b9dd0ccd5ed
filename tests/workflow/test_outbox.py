"""The outbox: what the world must be told is never lost, told once, and a failure is seen."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction

from workflow import clock, outbox
from workflow.models import AuditEvent, OutboxMessage

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    heard: list[str] = []

    def hear(*, message: Any, now: Any, word: str, **_: Any) -> None:
        if word == "fail":
            raise ConnectionError("the world is away")
        heard.append(word)

    monkeypatch.setitem(outbox.HANDLERS, "test.tell", hear)
    return heard


def post(word: str, key: str = "1") -> OutboxMessage:
    return outbox.post("test.tell", key=key, now=clock.now(), word=word)


def test_a_message_is_closed_by_its_effect(told: list[str]) -> None:
    message = post("hello")

    assert outbox.deliver(message.pk)

    message.refresh_from_db()
    assert told == ["hello"]
    assert message.done_at is not None


def test_a_message_delivered_twice_has_one_effect(told: list[str]) -> None:
    message = post("hello")

    outbox.deliver(message.pk)
    outbox.deliver(message.pk)

    assert told == ["hello"]


def test_the_same_key_is_written_once(told: list[str]) -> None:
    assert post("hello").pk == post("hello again").pk


def test_a_rolled_back_act_tells_nobody(told: list[str]) -> None:
    def act() -> None:
        with transaction.atomic():
            post("hello")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        act()

    assert not OutboxMessage.objects.exists()


def test_a_failure_waits_longer_each_time_and_keeps_its_reason(told: list[str]) -> None:
    message = post("fail")
    waits = []
    for _ in range(3):
        OutboxMessage.objects.filter(pk=message.pk).update(available_at=clock.now())
        outbox.deliver(message.pk)
        message.refresh_from_db()
        waits.append(message.available_at - clock.now())

    assert message.last_error == "ConnectionError: the world is away"
    assert waits[0] < waits[1] < waits[2]
    assert message.dead_at is None


def test_a_message_that_always_fails_dies_visibly_and_lives_again(told: list[str]) -> None:
    message = post("fail")
    for _ in range(outbox.MAX_ATTEMPTS):
        outbox.deliver(message.pk)
    message.refresh_from_db()
    assert message.dead_at is not None
    assert not outbox.deliver(message.pk)

    message.payload = {"word": "hello"}
    message.save()
    outbox.retry(message, now=clock.now())

    assert outbox.deliver(message.pk)
    assert told == ["hello"]


def test_the_effect_of_a_failed_message_is_rolled_back(monkeypatch: pytest.MonkeyPatch) -> None:
    def half(*, message: Any, now: Any, **_: Any) -> None:
        AuditEvent.objects.create(at=now, act="half done")
        raise ValueError("in the middle")

    monkeypatch.setitem(outbox.HANDLERS, "test.tell", half)

    outbox.deliver(post("x").pk)

    assert not AuditEvent.objects.filter(act="half done").exists()


@pytest.mark.django_db(transaction=True)
def test_a_broker_that_is_away_loses_nothing(told: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def away(**_: Any) -> None:
        raise ConnectionError("no broker")

    # What stands outside is cut off: the one call that reaches the broker.
    monkeypatch.setattr("workflow.tasks.deliver_messages.apply_async", away)
    post("hello")  # the hint on commit fails quietly
    message = OutboxMessage.objects.get()
    assert message.done_at is None
    assert message.available_at <= clock.now()  # for the next tick

    assert outbox.deliver_waiting() == 1
    assert told == ["hello"]


@pytest.fixture
def hinted(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    heard: list[int] = []
    monkeypatch.setattr(
        "workflow.tasks.deliver_messages.apply_async", lambda kwargs: heard.extend(kwargs["message_ids"])
    )
    return heard


@pytest.mark.django_db(transaction=True)
def test_what_one_transaction_posts_is_handed_over_after_its_commit_and_leased(hinted: list[int]) -> None:
    with transaction.atomic():
        first = post("hello", "1")
        with transaction.atomic():
            second = post("hello", "2")
        assert hinted == []

    assert hinted == [first.pk, second.pk]
    assert outbox.relay() == 0  # the broker has them


@pytest.mark.django_db(transaction=True)
def test_what_a_savepoint_took_back_does_not_keep_the_rest(hinted: list[int]) -> None:
    with transaction.atomic():
        try:
            with transaction.atomic():
                post("hello", "1")
                raise ZeroDivisionError
        except ZeroDivisionError:
            kept = post("hello", "2")

    assert hinted == [kept.pk]


@pytest.mark.django_db(transaction=True)
def test_more_than_one_hands_over_at_once_waits_for_the_tick(
    hinted: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outbox, "AT_ONCE", 2)
    with transaction.atomic():
        keys = [post("hello", key).pk for key in "12345"]

    assert hinted == keys[:2]
    assert outbox.relay() == 3
    assert hinted == keys


def test_a_message_costs_one_statement_written_before_or_not(django_assert_num_queries: Any) -> None:
    now = clock.now()
    with django_assert_num_queries(1):
        outbox.post("test.tell", key="1", now=now, word="hello")
    with django_assert_num_queries(1):
        outbox.post("test.tell", key="1", now=now, word="again")


@pytest.mark.django_db(transaction=True)
def test_a_real_worker_closes_the_row(worker: Any) -> None:
    from tests.patience import until

    outbox.post("workflow.send_mail", key="w", now=clock.now(), to="a@b.example", subject="Hello", text="Text")

    until(lambda: OutboxMessage.objects.filter(done_at__isnull=False).exists())
    assert OutboxMessage.objects.get().payload["text"] == ""
