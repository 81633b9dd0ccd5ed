"""The sealer on guard: nothing is signed on a changed log, what is sealed is written once, and whoever waits too long is heard of."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from tests.workflow.log.logs import examined, other_session, seal_all, sealed_log, without_triggers, write
from workflow import clock, tasks
from workflow.log import lag, sealer
from workflow.models import AuditSeal

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE workflow_auditseal SET peaks = decode(repeat('00', 32), 'hex')", "does not say what its row holds"),
        ("UPDATE workflow_auditseal SET note = replace(note, 'localhost', 'elsewhere')", "cannot be continued"),
        ("UPDATE workflow_auditleaf SET seq = 9", "the last entry has the number 9"),
        ("DELETE FROM workflow_auditleaf", "the last entry has the number None"),
    ],
)
def test_nothing_is_signed_on_top_of_a_log_that_was_changed(statement: str, said: str) -> None:
    sealed_log(1)
    without_triggers(statement)
    write(1)
    with pytest.raises(sealer.LogBroken, match=said):
        sealer.seal()
    assert AuditSeal.objects.count() == 1


@pytest.mark.parametrize("table", ["auditleaf", "auditseal", "auditsalt"])
@pytest.mark.parametrize("what", ["DELETE FROM {}", "TRUNCATE {} CASCADE", "UPDATE {} SET {column} = {column}"])
def test_what_is_sealed_is_written_once(table: str, what: str) -> None:
    sealed_log(1)
    column = {"auditleaf": "leaf", "auditseal": "root", "auditsalt": "salt"}[table]
    statement = what.format(f"workflow_{table}", column=column)
    with pytest.raises(IntegrityError, match="written once"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_whoever_waits_too_long_is_heard_of(caplog: pytest.LogCaptureFixture) -> None:
    sealed_log(1)
    write(2)
    assert not lag.found().alarming
    clock.set_to(clock.now() + timedelta(seconds=61))
    with other_session() as stuck:
        stuck.execute("SELECT pg_advisory_xact_lock(%s)", [sealer.SEAL_LOCK])
        tasks.seal_log()
        stuck.rollback()
    assert "2 events wait to be sealed in the log, the oldest for 61 seconds." in caplog.text
    tasks.seal_log()
    assert not lag.found().alarming


def test_an_event_taken_away_before_it_was_sealed_is_heard_of() -> None:
    write(2)
    without_triggers("DELETE FROM workflow_auditevent WHERE id = (SELECT min(id) FROM workflow_auditevent)")
    assert lag.found().alarming
    assert "1 events of the log are gone" in lag.found().sentence
    assert seal_all() == 1
    assert examined().code == 2


def test_the_command_seals_and_prints_the_checkpoint() -> None:
    write(3)
    clock.set_to(clock.now() + sealer.PATIENCE)
    out, said = StringIO(), StringIO()
    call_command("seal_log", stdout=out, stderr=said)
    assert said.getvalue() == "3 events sealed.\n"
    assert out.getvalue() == AuditSeal.objects.get().note


def test_the_command_fails_where_somebody_must_look() -> None:
    write(1)
    clock.set_to(clock.now() + timedelta(seconds=61))
    with other_session() as stuck:
        stuck.execute("SELECT pg_advisory_xact_lock(%s)", [sealer.SEAL_LOCK])
        with pytest.raises(CommandError, match="the oldest for 61 seconds"):
            call_command("seal_log", stderr=StringIO())
        stuck.rollback()
    seal_all()
    without_triggers("DELETE FROM workflow_auditleaf")
    with pytest.raises(CommandError, match="verify_audit"):
        call_command("seal_log", stderr=StringIO())
