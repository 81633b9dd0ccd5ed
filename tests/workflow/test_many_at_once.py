"""The door for many rows: all of them or none, an event each, and no statement more for the next one."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from procurement.models import Application, Call
from tests.procurement.applying import BEFORE, open_call, person, submitted
from workflow.models import AuditEvent
from workflow.refusals import NoSuchMove, NotPermitted
from workflow.transitions import pass_all_through, pass_through

pytestmark = pytest.mark.django_db


def call_with(applications: int) -> Call:
    call = open_call()
    for _ in range(applications):
        submitted(call, person())
    return call


def opened(call: Call, *, actor: Any = None) -> list[Application]:
    return pass_all_through(call.applications.all(), "open", actor=actor, now=BEFORE, session=7)


def test_each_row_moves_and_leaves_its_event() -> None:
    call = call_with(2)
    moved = opened(call, actor=call.created_by)

    assert [(one.state, one.opened_at) for one in moved] == [("opened", BEFORE)] * 2
    kept = Application.objects.order_by("id").values_list("state", "opened_at", "label")
    assert list(kept) == [("opened", BEFORE, "")] * 2
    events = AuditEvent.objects.filter(act="open").order_by("id")
    assert [event.subject_id for event in events] == [str(one.pk) for one in moved]
    assert {(e.source, e.target, e.actor_id, e.at, e.scope) for e in events} == {
        ("submitted", "opened", call.created_by_id, BEFORE, call.reference)
    }
    assert [event.details for event in events] == [{"session": 7}] * 2
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_one_row_that_may_not_move_holds_all_of_them() -> None:
    call = call_with(2)
    pass_through(
        Application.objects.earliest("id"), "withdraw", actor=Application.objects.earliest("id").user, now=BEFORE
    )

    with pytest.raises(NoSuchMove):
        opened(call)

    assert list(Application.objects.order_by("id").values_list("state", flat=True)) == ["withdrawn", "submitted"]
    assert not AuditEvent.objects.filter(act="open").exists()


def test_a_stranger_moves_nothing() -> None:
    call = call_with(2)

    with pytest.raises(NotPermitted):
        opened(call, actor=person("Stella Stranger"))


def test_a_permission_of_each_row_is_asked_for_each_row() -> None:
    """Withdrawing is for the applicant alone: that the first row allows it says nothing of the second."""
    call = call_with(2)
    first = Application.objects.earliest("id")

    with pytest.raises(NotPermitted):
        pass_all_through(call.applications.all(), "withdraw", actor=first.user, now=BEFORE)

    assert set(Application.objects.values_list("state", flat=True)) == {"submitted"}


def test_no_rows_are_no_event() -> None:
    call = open_call()

    assert opened(call) == []
    assert not AuditEvent.objects.filter(act="open").exists()


def test_the_statements_do_not_depend_on_the_rows() -> None:
    costs = []
    for count in (1, 3):
        call = call_with(count)
        officer = call.created_by
        with CaptureQueriesContext(connection) as captured:
            assert len(opened(call, actor=officer)) == count
        costs.append(len(captured))

    assert costs == [6, 6]
