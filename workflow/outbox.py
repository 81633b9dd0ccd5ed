"""Messages to the world: a row in the transaction, a hint to the broker, and an effect that closes the row."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Q

from workflow import clock
from workflow.background import Background
from workflow.kept_rows import insert
from workflow.models import AppNow, OutboxMessage

log = logging.getLogger(__name__)
HANDLERS: dict[str, Callable[..., None]] = {}
LEASE = timedelta(seconds=60)  # a message handed to the broker and not closed by then is handed over again
MAX_ATTEMPTS = 8
AT_ONCE = 200  # messages handed over by one transaction or one tick
TOGETHER = 20  # of them to one worker
_HERE: ContextVar[bool] = ContextVar("delivered_here", default=False)


def task(name: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Register the effect of a message name: f(message=, now=, **payload), safe to run twice."""

    def register(function: Callable[..., None]) -> Callable[..., None]:
        HANDLERS[name] = function
        return function

    return register


def post(name: str, *, key: str, now: datetime, scope: str = "", **payload: Any) -> OutboxMessage:
    """Write a message in the present transaction, leased to this process; the same key is written once."""
    message = OutboxMessage(task=name, key=f"{name}:{key}", payload=payload, scope=scope, available_at=now + LEASE)
    insert([message], unique="key")
    _hand_over_after_commit(message)
    return message


@dataclass
class HandOver:
    """What one transaction posted, given to the broker once it is committed."""

    keys: list[int]

    def __call__(self) -> None:
        """Hint at each message; what a broker that is away did not take, or is too much at once, waits for the tick."""
        if _HERE.get():
            return
        WAY[0](self.keys[:AT_ONCE])
        if left := self.keys[AT_ONCE:]:
            _leave_to_the_tick(left)


def hand_over(keys: list[int]) -> None:
    """Hint at messages, some to each worker; rows are safe whatever happens here."""
    taken = 0
    try:
        for first in range(0, len(keys), TOGETHER):
            _hint(keys[first : first + TOGETHER])
            taken = first + TOGETHER
    except Exception as error:
        log.warning("relay postponed: %s", error)
        _leave_to_the_tick(keys[taken:])


WAY: list[Callable[[list[int]], None]] = [hand_over]


def hand_over_in_background() -> None:
    """Let a thread of its own hint from now on, in a process that answers people and does not end by itself."""

    def apart(keys: list[int]) -> None:
        try:
            hand_over(keys)
        except Exception as error:  # database and broker are away: the lease ends, and the tick hands over
            log.warning("relay postponed: %s", error)
        finally:
            connection.close()

    WAY[0] = Background(apart)


def _leave_to_the_tick(keys: list[int]) -> None:
    OutboxMessage.objects.filter(pk__in=keys, attempts=0).update(available_at=AppNow())


def _hand_over_after_commit(message: OutboxMessage) -> None:
    """Hand over once for all that one transaction posts."""
    hooks = (hook for _savepoints, hook, _robust in transaction.get_connection().run_on_commit)
    found = next((hook for hook in hooks if isinstance(hook, HandOver)), None)
    if found is None:
        transaction.on_commit(HandOver([message.pk]), robust=True)
    else:
        found.keys.append(message.pk)


def _hint(keys: list[int]) -> None:
    from workflow.tasks import deliver_messages

    deliver_messages.apply_async(kwargs={"message_ids": keys})


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


def relay(*, limit: int = AT_ONCE) -> int:
    """Lease waiting rows and hand their identifiers to the broker; return how many."""
    with transaction.atomic():
        now = clock.now()
        waiting = list(_waiting(now).select_for_update(skip_locked=True)[:limit])
        OutboxMessage.objects.filter(pk__in=[m.pk for m in waiting]).update(available_at=now + LEASE)
    for first in range(0, len(waiting), TOGETHER):
        _hint([message.pk for message in waiting[first : first + TOGETHER]])
    return len(waiting)


def _waiting(now: datetime) -> Any:
    return OutboxMessage.objects.filter(done_at__isnull=True, dead_at__isnull=True, available_at__lte=now).order_by(
        "id"
    )


def deliver(message_id: int, *, again: bool = False) -> bool:
    """Make one message's effect and close its row in the same transaction; on failure wait longer each time.

    `again`: a process that had it ended before it was done. That counts as an attempt, and is written first: a message
    that ends every process becomes a dead letter, and those that were handed over with it go on.
    """
    if again and not _counted(message_id):
        return False
    with transaction.atomic():
        message = _held(message_id)
        if message is None:
            return False
        now = clock.now()
        message.attempts += not again
        try:
            with transaction.atomic():
                HANDLERS[message.task](message=message, now=now, **message.payload)
        except Exception as error:
            _postpone(message, error, now)
        else:
            message.done_at, message.last_error = now, ""
        message.save()
    return message.done_at is not None


def _counted(message_id: int) -> bool:
    """Count an attempt that came to no end; return whether there may be another one."""
    with transaction.atomic():
        message = _held(message_id)
        if message is None:
            return False
        message.attempts += 1
        if message.attempts > MAX_ATTEMPTS:
            message.dead_at, message.last_error = clock.now(), "Each process that tried it ended."
            log.error("message %s (%s) ended each process that tried it", message.pk, message.task)
        message.save(update_fields=["attempts", "dead_at", "last_error"])
    return message.dead_at is None


def _held(message_id: int) -> OutboxMessage | None:
    """Return a message that waits, locked; None when it is done, dead, or in other hands."""
    waiting = OutboxMessage.objects.filter(pk=message_id, done_at__isnull=True, dead_at__isnull=True)
    return waiting.select_for_update(skip_locked=True).first()


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
    _hand_over_after_commit(message)


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
