"""Messages to the world: a row in the transaction, a hint to the broker, and an effect that closes the row."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q

from workflow import clock
from workflow.models import OutboxMessage

log = logging.getLogger(__name__)
HANDLERS: dict[str, Callable[..., None]] = {}
LEASE = timedelta(seconds=60)  # a message handed to the broker and not closed by then is handed over again
MAX_ATTEMPTS = 8
_HERE: ContextVar[bool] = ContextVar("delivered_here", default=False)


def task(name: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Register the effect of a message name: f(message=, now=, **payload), safe to run twice."""

    def register(function: Callable[..., None]) -> Callable[..., None]:
        HANDLERS[name] = function
        return function

    return register


def post(name: str, *, key: str, now: datetime, scope: str = "", **payload: Any) -> OutboxMessage:
    """Write a message in the present transaction; the same key is written once."""
    message, created = OutboxMessage.objects.get_or_create(
        key=f"{name}:{key}", defaults={"task": name, "payload": payload, "scope": scope, "available_at": now}
    )
    if created:
        _relay_after_commit()
    return message


def _relay_after_commit() -> None:
    """Relay once for all that one transaction posts."""
    waiting = transaction.get_connection().run_on_commit
    if not any(hook is relay_quietly for _savepoints, hook, _robust in waiting):
        transaction.on_commit(relay_quietly)


@contextmanager
def delivered_here() -> Iterator[None]:
    """Hand nothing to the broker while this lasts: what is posted waits for deliver_waiting() in this process."""
    before = _HERE.set(True)
    try:
        yield
    finally:
        _HERE.reset(before)


def relay_quietly() -> None:
    """Hand waiting messages to the broker; a broker that is away costs nothing, the tick comes again."""
    if _HERE.get():
        return
    try:
        relay()
    except Exception as error:  # the rows are safe; the next tick relays them
        log.warning("relay postponed: %s", error)


def relay(*, limit: int = 200) -> int:
    """Lease waiting rows and hand their identifiers to the broker; return how many."""
    from workflow.tasks import deliver_message

    with transaction.atomic():
        now = clock.now()
        waiting = list(_waiting(now).select_for_update(skip_locked=True)[:limit])
        OutboxMessage.objects.filter(pk__in=[m.pk for m in waiting]).update(available_at=now + LEASE)
    for message in waiting:
        deliver_message.apply_async(kwargs={"message_id": message.pk})
    return len(waiting)


def _waiting(now: datetime) -> Any:
    return OutboxMessage.objects.filter(done_at__isnull=True, dead_at__isnull=True, available_at__lte=now).order_by(
        "id"
    )


def deliver(message_id: int) -> bool:
    """Make one message's effect and close its row in the same transaction; on failure wait longer each time."""
    with transaction.atomic():
        message = (
            OutboxMessage.objects.select_for_update(skip_locked=True)
            .filter(pk=message_id, done_at__isnull=True, dead_at__isnull=True)
            .first()
        )
        if message is None:
            return False
        now = clock.now()
        message.attempts += 1
        try:
            with transaction.atomic():
                HANDLERS[message.task](message=message, now=now, **message.payload)
        except Exception as error:
            _postpone(message, error, now)
        else:
            message.done_at, message.last_error = now, ""
        message.save()
    return message.done_at is not None


def _postpone(message: OutboxMessage, error: Exception, now: datetime) -> None:
    log.warning("message %s (%s) failed: %s", message.pk, message.task, error)
    log.debug("%s", traceback.format_exc())
    message.last_error = f"{type(error).__name__}: {error}"[:2000]
    message.available_at = now + timedelta(seconds=min(5 * 2**message.attempts, 3600))
    if message.attempts >= MAX_ATTEMPTS:
        message.dead_at = now


def retry(message: OutboxMessage, *, now: datetime) -> None:
    """Give a dead letter another life."""
    message.dead_at, message.attempts, message.available_at = None, 0, now
    message.save(update_fields=["dead_at", "attempts", "available_at"])
    _relay_after_commit()


def deliver_waiting(*, rounds: int = 20) -> int:
    """Deliver in this process what nobody has tried yet or what is due, and what that posts; for commands.

    A row that a broker already carries is taken too: whoever comes second finds it done.
    """
    done = 0
    for _ in range(rounds):
        untried = Q(attempts=0) | Q(available_at__lte=clock.now())
        waiting = OutboxMessage.objects.filter(untried, done_at=None, dead_at=None).order_by("id")
        delivered = sum(deliver(pk) for pk in list(waiting.values_list("pk", flat=True)))
        done += delivered
        if not delivered:
            break
    return done
