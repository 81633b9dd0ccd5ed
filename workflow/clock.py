"""Time: the database's clock, and the rows whose next moment has come."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import connection

from workflow.machine import Moving
from workflow.models import ClockShift

CHECKS: dict[type[Moving], Callable[..., Any]] = {}
EACH_TICK: list[Callable[..., Any]] = []
TICK_LOCK = 0x41505045  # “APPE”: one tick at a time in the whole installation

PLAIN = (
    "CREATE OR REPLACE FUNCTION app_now() RETURNS timestamptz LANGUAGE sql VOLATILE AS $$ SELECT clock_timestamp() $$"
)
SHIFTED = (
    "CREATE OR REPLACE FUNCTION app_now() RETURNS timestamptz LANGUAGE sql VOLATILE AS "
    "$$ SELECT clock_timestamp() + coalesce((SELECT shift FROM workflow_clockshift), interval '0') $$"
)


class ClockFixed(RuntimeError):
    """The clock may not be set in this installation."""


def now() -> datetime:
    """Return the instant of the database's clock, to the microsecond."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT app_now()")
        return cursor.fetchone()[0]


def allow_setting() -> None:
    """Let app_now() follow the shift table; refuse outside tests and the demonstration."""
    _must_be_settable()
    with connection.cursor() as cursor:
        cursor.execute(SHIFTED)


def forbid_setting() -> None:
    """Make app_now() the database's own clock again; after this nothing can move it."""
    with connection.cursor() as cursor:
        cursor.execute(PLAIN)


def is_settable() -> bool:
    """Tell whether app_now() reads the shift table."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT prosrc LIKE '%%clockshift%%' FROM pg_proc WHERE proname = 'app_now'")
        row = cursor.fetchone()
    return bool(row and row[0])


def set_to(instant: datetime) -> None:
    """Move the clock so that it is now this instant, and goes on from there."""
    _must_be_settable()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO workflow_clockshift (id, shift) VALUES (1, %s - clock_timestamp()) "
            "ON CONFLICT (id) DO UPDATE SET shift = EXCLUDED.shift",
            [instant],
        )


def set_right() -> None:
    """Give the real time back."""
    _must_be_settable()
    ClockShift.objects.all().delete()


def _must_be_settable() -> None:
    if not settings.CLOCK_SETTABLE:
        raise ClockFixed("CLOCK_SETTABLE is not set: the clock of this installation cannot be moved.")


def on_check(model: type[Moving]) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Register what to do with a row of this model when its next_check_at has come: f(pk=, now=), idempotent."""

    def register(function: Callable[..., Any]) -> Callable[..., Any]:
        CHECKS[model] = function
        return function

    return register


def on_tick(function: Callable[..., Any]) -> Callable[..., Any]:
    """Register something to do at each tick: f(now=), quick when there is nothing to do."""
    EACH_TICK.append(function)
    return function


def catch_up(subject: Moving, *, now: datetime) -> bool:
    """Do at once what a late tick has not done for this row; tell whether there was something to do."""
    if subject.next_check_at is None or subject.next_check_at > now or type(subject) not in CHECKS:
        return False
    CHECKS[type(subject)](pk=subject.pk, now=now)
    return True


def tick() -> int:
    """Check every row whose moment has come; return how many. Two ticks never run at once."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [TICK_LOCK])
        if not cursor.fetchone()[0]:
            return 0
    try:
        done = sum(_check_all(model) for model in list(CHECKS))
        instant = now()
        for function in EACH_TICK:
            function(now=instant)
        return done
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [TICK_LOCK])


def _check_all(model: type[Moving]) -> int:
    instant = now()
    due = list(model._default_manager.filter(next_check_at__lte=instant).order_by("next_check_at")[:500])
    return sum(catch_up(subject, now=instant) for subject in due)
