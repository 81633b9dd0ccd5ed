"""Erasing a person: the bodies go, the tree stays, and nothing but an erasure may take a body away."""

from __future__ import annotations

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from accounts.actions.erase_event_bodies import erase_event_bodies
from accounts.models import User
from tests.workflow.log.logs import examined, seal_all, sealed_log, without_triggers, write
from workflow import audit, clock
from workflow.log import erasure, export
from workflow.models import AuditEvent, AuditSalt
from workflow.refusals import Refused

pytestmark = pytest.mark.django_db(transaction=True)
SECRET = "canary 7f3a91c2 in words"


@pytest.fixture
def ana() -> User:
    return User.objects.create_user("ana@people.example", full_name="Ana Applicant")


@pytest.fixture
def officer() -> User:
    return User.objects.create_user("olga@city.example", full_name="Olga Officer")


def acts_of(person: User) -> None:
    """Let a person act on their account, in two calls and nowhere; others act between."""
    now = clock.now()
    audit.record(person, "change_account", actor=person, now=now, details={"said": SECRET})
    audit.record(None, "submit", actor=person, now=now, scope="CITY-1", details={"said": SECRET})
    write(2, scope="CITY-1")
    audit.record(None, "submit", actor=person, now=now, scope="CITY-2", details={"said": SECRET})
    seal_all()


def erase(person: User, officer: User, **how: Any) -> int:
    return erase_event_bodies(person=person, cause="asked for", actor=officer, now=clock.now(), **how)


def everything_written() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(to_jsonb(e)::text, ' ') FROM workflow_auditevent e")
        return str(cursor.fetchone()[0])


def test_what_a_person_did_outside_every_file_is_erased_and_the_log_stays_sound(ana: User, officer: User) -> None:
    acts_of(ana)
    assert everything_written().count(SECRET) == 3

    assert erase(ana, officer) == 1

    event = AuditEvent.objects.get(act="change_account")
    assert (event.actor_id, event.details, event.subject_id) == (None, {"erased": True}, "")
    assert not AuditSalt.objects.filter(event=event).exists()
    assert everything_written().count(SECRET) == 2
    report = examined()
    assert (report.code, report.erased, report.waiting) == (1, 1, 1)  # the erasure itself waits
    seal_all()
    assert (examined().code, examined().erased) == (0, 1)


def test_files_are_erased_only_when_they_are_named(ana: User, officer: User) -> None:
    acts_of(ana)
    assert erase(ana, officer, files=["CITY-2"]) == 2
    assert AuditEvent.objects.get(act="submit", scope="CITY-1").actor_id == ana.pk
    assert AuditEvent.objects.get(act="submit", scope="CITY-2").actor_id is None
    assert erase(ana, officer, files=["CITY-1", "CITY-2"]) == 1
    seal_all()
    assert SECRET not in everything_written()
    assert SECRET not in "".join(export.whole())
    assert examined().code == 0


def test_the_erasure_is_an_event_that_names_events_and_nobody(ana: User, officer: User) -> None:
    acts_of(ana)
    erase(ana, officer)
    event = AuditEvent.objects.get(act="erase_event_bodies", outcome="done")
    erased = AuditEvent.objects.get(act="change_account")
    assert event.details == {"events": [erased.pk], "cause": "asked for"}
    assert (event.actor_id, event.subject_id) == (officer.pk, "")


def test_many_bodies_are_erased_in_several_events(officer: User, monkeypatch: pytest.MonkeyPatch) -> None:
    sealed_log(7)
    monkeypatch.setattr(erasure, "AT_ONCE", 3)
    assert erasure.erase(AuditEvent.objects.all(), cause="x", actor=officer, now=clock.now()) == 7
    assert AuditEvent.objects.filter(act="erase_event_bodies").count() == 3
    seal_all()
    assert erasure.erase(AuditEvent.objects.all(), cause="x", actor=officer, now=clock.now()) == 0  # erasures stay
    assert (examined().code, examined().erased) == (0, 7)


def test_what_is_not_sealed_is_not_erased_yet(ana: User, officer: User) -> None:
    audit.record(ana, "change_account", actor=ana, now=clock.now())
    with pytest.raises(Refused) as refusal:
        erase(ana, officer)
    assert refusal.value.codes == ["EVENTS_SEALED"]
    assert AuditEvent.objects.get(act="erase_event_bodies").outcome == "refused"
    with pytest.raises(erasure.NotSealed):
        erasure.erase(AuditEvent.objects.all(), cause="x", actor=officer, now=clock.now())


def test_an_erasure_says_why(ana: User, officer: User) -> None:
    acts_of(ana)
    with pytest.raises(Refused) as refusal:
        erase_event_bodies(person=ana, cause=" ", actor=officer, now=clock.now())
    assert refusal.value.codes == ["CAUSE_GIVEN"]
    with pytest.raises(ValueError, match="says why"):
        erasure.erase(AuditEvent.objects.all(), cause="", actor=officer, now=clock.now())


ALONE = [
    "UPDATE workflow_auditevent SET actor_id = NULL, details = '{\"erased\": true}' WHERE act = 'look'",
    "DELETE FROM workflow_auditsalt",
    "DELETE FROM workflow_auditevent WHERE act = 'look'",
]
WITH_IT = [
    "UPDATE workflow_auditevent SET actor_id = NULL, details = '{\"erased\": true}', act = 'other' WHERE id = {event}",
    "UPDATE workflow_auditevent SET actor_id = NULL, details = '{}' WHERE id = {event}",
    "UPDATE workflow_auditevent SET actor_id = 7, details = '{\"erased\": true}' WHERE id = {event}",
    "UPDATE workflow_auditevent SET actor_id = NULL, details = '{\"erased\": true}', subject_id = 'x' WHERE id = {event}",
    "UPDATE workflow_auditevent SET actor_id = NULL, details = '{\"erased\": true}' WHERE id = {event} + 1",
    "UPDATE workflow_auditsalt SET salt = '' WHERE event_id = {event}",
    "DELETE FROM workflow_auditsalt WHERE event_id = {event} + 1",
    "DELETE FROM workflow_auditevent WHERE id = {event}",
]


@pytest.mark.parametrize("statement", ALONE)
def test_without_the_event_of_an_erasure_nothing_goes(statement: str) -> None:
    sealed_log(2)
    with pytest.raises(IntegrityError, match="written once"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize("statement", WITH_IT)
def test_the_event_of_an_erasure_lets_its_own_bodies_go_and_nothing_else(statement: str) -> None:
    sealed_log(2)
    event = AuditEvent.objects.order_by("id").first()
    with transaction.atomic(), connection.cursor() as cursor:
        audit.write([erasure_of([event.pk])])
        with pytest.raises(IntegrityError, match="written once"), transaction.atomic():
            cursor.execute(statement.replace("{event}", str(event.pk)))


def erasure_of(keys: list[int]) -> AuditEvent:
    table = AuditEvent._meta.db_table
    return AuditEvent(at=clock.now(), act=erasure.ACT, subject_type=table, details={"events": keys, "cause": "x"})


def test_the_event_of_an_earlier_transaction_excuses_nothing() -> None:
    sealed_log(2)
    event = AuditEvent.objects.order_by("id").first()
    audit.write([erasure_of([event.pk])])
    with pytest.raises(IntegrityError, match="written once"), transaction.atomic():
        AuditSalt.objects.filter(event=event).delete()


def test_the_command_erases_for_whoever_runs_the_installation(ana: User, officer: User) -> None:
    acts_of(ana)
    out, how = StringIO(), {"by": "OLGA@city.example", "cause": "their request of 3 May", "stdout": StringIO()}
    call_command("erase_event_bodies", person="ana@people.example", file=["CITY-1"], **(how | {"stdout": out}))
    assert out.getvalue() == "The bodies of 2 events are erased.\n"
    with pytest.raises(CommandError, match="There is no account"):
        call_command("erase_event_bodies", person="nobody@people.example", **how)
    with pytest.raises(CommandError, match="nomment personne"):
        call_command("erase_event_bodies", person="ana@people.example", **(how | {"cause": " "}))


def test_a_body_that_comes_back_is_found(ana: User, officer: User) -> None:
    acts_of(ana)
    event = AuditEvent.objects.get(act="change_account")
    salt = bytes(AuditSalt.objects.get(event=event).salt)
    erase(ana, officer)
    seal_all()
    without_triggers(
        "UPDATE workflow_auditevent SET actor_id = %s, details = %s, subject_id = %s WHERE id = %s",
        [ana.pk, json.dumps(event.details), str(ana.pk), event.pk],
    )
    without_triggers("INSERT INTO workflow_auditsalt (event_id, salt) VALUES (%s, %s)", [event.pk, salt])
    assert "its body was erased and is there again" in examined().lines()[1]
