"""The test database: what tests may do to it that nobody may in production."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection
from django.test import TransactionTestCase

from workflow import clock


def allow_setting_the_clock() -> None:
    """Let app_now() follow the clock that a test sets."""
    clock.allow_setting()


def empty_also_what_is_written_once(patch: pytest.MonkeyPatch) -> None:
    """Empty the tables after a test that committed, the audit events too: as the owner of the server, without triggers."""
    usual = TransactionTestCase._fixture_teardown

    def emptied(self: TransactionTestCase) -> None:
        with triggers_off():
            usual(self)

    patch.setattr(TransactionTestCase, "_fixture_teardown", emptied)


@contextmanager
def triggers_off() -> Iterator[None]:
    """Put rows in place as no act could: for what a test begins from, and for what only the owner of the server could do."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        try:
            yield
        finally:
            cursor.execute("SET session_replication_role = origin")


def end_other_sessions() -> None:
    """End what other processes and threads still hold open, so that the database can be dropped."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
