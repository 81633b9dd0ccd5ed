"""The clock: the database's own, movable only where it is allowed, and rows whose moment has come."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from workflow import clock

pytestmark = pytest.mark.django_db


def test_the_clock_can_be_moved_here_and_goes_on() -> None:
    clock.set_to(datetime(2020, 3, 12, 16, tzinfo=UTC))

    first, second = clock.now(), clock.now()

    assert timedelta(0) <= first - datetime(2020, 3, 12, 16, tzinfo=UTC) < timedelta(seconds=5)
    assert second > first


def test_the_real_time_comes_back() -> None:
    clock.set_to(datetime(2020, 3, 12, 16, tzinfo=UTC))

    clock.set_right()

    assert abs(clock.now() - datetime.now(UTC)) < timedelta(seconds=5)


@pytest.mark.parametrize(
    "move", [lambda: clock.set_to(datetime(2020, 1, 1, tzinfo=UTC)), clock.set_right, clock.allow_setting]
)
def test_nothing_moves_the_clock_where_it_is_not_allowed(settings: Any, move: Any) -> None:
    settings.CLOCK_SETTABLE = False

    with pytest.raises(clock.ClockFixed):
        move()


def test_a_shift_in_the_table_moves_nothing_in_production() -> None:
    clock.set_to(datetime(2020, 1, 1, tzinfo=UTC))

    clock.forbid_setting()  # what every installation has from its migrations

    assert not clock.is_settable()
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(seconds=5)


def test_the_columns_and_the_clock_agree(call: Any) -> None:
    clock.set_to(datetime(2020, 3, 12, 16, tzinfo=UTC))
    copy = type(call).objects.create(
        reference="CITY-9", organisation=call.organisation, created_by=call.created_by, rules={}
    )
    copy.refresh_from_db()

    assert copy.created_at.year == 2020


def test_a_tick_checks_the_rows_whose_moment_has_come(call: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []
    monkeypatch.setitem(clock.CHECKS, type(call), lambda *, pk, now: seen.append(pk))
    type(call).objects.filter(pk=call.pk).update(next_check_at=clock.now() + timedelta(hours=1))

    assert clock.tick() == 0
    clock.set_to(datetime.now(UTC) + timedelta(hours=2))

    assert clock.tick() == 1
    assert seen == [call.pk]


def test_two_ticks_never_run_at_once(call: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    import psycopg

    monkeypatch.setitem(clock.CHECKS, type(call), lambda *, pk, now: None)
    type(call).objects.filter(pk=call.pk).update(next_check_at=clock.now())
    parameters = connection.get_connection_params()
    where = {name: parameters[name] for name in ("dbname", "user", "password", "host", "port") if name in parameters}
    with psycopg.connect(**where, autocommit=True) as other:
        other.execute("SELECT pg_advisory_lock(%s)", [clock.TICK_LOCK])

        assert clock.tick() == 0
        other.execute("SELECT pg_advisory_unlock(%s)", [clock.TICK_LOCK])  # closing would give it back a little later

    assert clock.tick() == 1
