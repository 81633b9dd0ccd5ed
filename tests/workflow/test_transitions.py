"""The door: one transaction, every reason at once, one event, nothing past it."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from procurement.models import Call
from procurement.models.holding import hold_call
from workflow import audit, clock, transitions
from workflow.machine import NotAsked
from workflow.models import AuditEvent
from workflow.refusals import NoSuchMove, NotPermitted, Refused
from workflow.transitions import pass_through, use_case

REASON = "The criteria do not match the terms of reference."


def in_review(call: Call) -> Call:
    """Put a call in review by its own arrow, its guards aside: they are tested in their room."""
    with transaction.atomic():
        locked = hold_call(call)
        Call.objects.filter(pk=call.pk).update(state="in_review")
        audit.record(locked, "send_to_review", actor=None, now=clock.now(), source="draft", target="in_review")
    return Call.objects.get(pk=call.pk)


def force_constraints() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def test_a_move_changes_the_state_and_leaves_one_event(call: Call, approver: Any) -> None:
    now = clock.now()

    moved = pass_through(in_review(call), "return_to_draft", actor=approver, now=now, reason=REASON)

    assert moved.state == "draft"
    event = AuditEvent.objects.get(act="return_to_draft")
    assert (event.source, event.target, event.actor_id, event.at) == ("in_review", "draft", approver.pk, now)
    assert event.details == {"reason": REASON}
    assert event.scope == "CITY-1"
    force_constraints()


def test_a_refusal_names_every_reason_at_once(call: Call, officer: Any) -> None:
    with pytest.raises(Refused) as refusal:
        pass_through(call, "send_to_review", actor=officer, now=clock.now())

    assert {"PUB-01", "PUB-02", "PUB-03", "PUB-10", "PUB-11", "PUB-14", "PUB-16"} <= set(refusal.value.codes)
    assert Call.objects.get(pk=call.pk).state == "draft"


def test_the_page_asks_and_hears_the_same_sentences(call: Call, officer: Any) -> None:
    now = clock.now()
    with pytest.raises(Refused) as refusal:
        pass_through(call, "send_to_review", actor=officer, now=now)

    asked = transitions.objections(call, "send_to_review", now=now)

    assert [(r.code, r.sentence) for r in asked] == [(r.code, r.sentence) for r in refusal.value.reasons]
    assert all("%(" not in reason.sentence for reason in asked)


def test_a_person_without_the_permission_is_refused_before_any_guard(call: Call, stranger: Any) -> None:
    with pytest.raises(NotPermitted):
        pass_through(call, "send_to_review", actor=stranger, now=clock.now())


def test_a_move_that_does_not_leave_the_present_state_is_refused(call: Call, officer: Any) -> None:
    with pytest.raises(NoSuchMove) as refusal:
        pass_through(call, "publish", actor=officer, now=clock.now())

    assert refusal.value.codes == ["MOVE"]


def test_the_method_alone_opens_nothing(call: Call) -> None:
    with pytest.raises(NotAsked):
        call.send_to_review(now=clock.now(), actor=None)


def test_a_refused_attempt_leaves_its_own_event(call: Call, officer: Any) -> None:
    @use_case
    def send(*, call: Call, actor: Any, now: Any) -> Call:
        return pass_through(call, "send_to_review", actor=actor, now=now)

    with pytest.raises(Refused):
        send(call=call, actor=officer, now=clock.now())

    event = AuditEvent.objects.get(outcome="refused")
    assert event.act == "send_to_review"
    assert "PUB-03" in event.reasons
    assert event.actor_id == officer.pk


def test_an_attempt_without_permission_leaves_its_own_event(call: Call, stranger: Any) -> None:
    @use_case
    def send(*, call: Call, actor: Any, now: Any) -> Call:
        return pass_through(call, "send_to_review", actor=actor, now=now)

    with pytest.raises(NotPermitted):
        send(call=call, actor=stranger, now=clock.now())

    assert AuditEvent.objects.get(outcome="refused").reasons == ["PERMISSION"]


def test_a_state_changed_past_the_door_is_refused_by_the_database(call: Call) -> None:
    call.hold()
    Call.objects.filter(pk=call.pk).update(state="approved")

    with pytest.raises(IntegrityError, match="without its event"):
        force_constraints()


def test_a_row_born_in_another_state_is_refused_by_the_database(call: Call, officer: Any) -> None:
    Call.objects.create(
        reference="CITY-2", organisation=call.organisation, created_by=officer, state="approved", rules={}
    )

    with pytest.raises(IntegrityError, match="without its event"):
        force_constraints()


def test_an_old_event_does_not_excuse_a_new_change(call: Call) -> None:
    audit.record(call, "approve", actor=None, now=clock.now(), target="closed")
    with connection.cursor() as cursor:  # as if written by an earlier transaction
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("UPDATE workflow_auditevent SET txid = 1")
        cursor.execute("SET session_replication_role = origin")
    call.hold()
    Call.objects.filter(pk=call.pk).update(state="closed", published_at=clock.now())

    with pytest.raises(IntegrityError, match="without its event"):
        force_constraints()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE workflow_auditevent SET act = 'other'",
        "DELETE FROM workflow_auditevent",
        "TRUNCATE workflow_auditevent CASCADE",
    ],
)
def test_events_are_written_once(call: Call, statement: str) -> None:
    audit.record(call, "look", actor=None, now=clock.now())

    with pytest.raises(IntegrityError, match="written once"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.django_db(transaction=True)
def test_two_at_once_one_passes_and_one_event_is_left(call: Call, approver: Any) -> None:
    in_review(call)
    outcomes: list[str] = []
    together = threading.Barrier(2)

    def send_back() -> None:
        together.wait()
        try:
            pass_through(call, "return_to_draft", actor=approver, now=clock.now(), reason=REASON)
            outcomes.append("passed")
        except NoSuchMove:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=send_back) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["passed", "refused"]
    assert AuditEvent.objects.filter(act="return_to_draft").count() == 1
