"""Statements built once give what the ORM gives, for every value, and refuse what they cannot keep."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db.models import QuerySet

from workflow import clock
from workflow.kept import Kept, NotKept, kept
from workflow.kept_rows import insert, update
from workflow.models import AuditEvent, ClockShift, OutboxMessage

pytestmark = pytest.mark.django_db


def event(act: str, **more: Any) -> AuditEvent:
    return AuditEvent.objects.create(at=clock.now(), act=act, **more)


@kept
def _named(scope: str, outcome: str) -> QuerySet[AuditEvent]:
    return AuditEvent.objects.filter(scope=scope, outcome=outcome).order_by("act")


def test_it_gives_what_the_queryset_gives_for_each_value() -> None:
    for scope, act in (("A", "one"), ("A", "two"), ("B", "three")):
        event(act, scope=scope, details={"scope": scope}, reasons=["x"])

    for scope in ("A", "B", "C", "A"):
        asked = {"scope": scope, "outcome": "done"}
        wanted = list(_named.queryset(**asked).values())
        found = _named(**asked)
        assert [{name: getattr(one, name) for name in wanted[0]} for one in found] == wanted if wanted else found == []
    first = _named.one(scope="A", outcome="done")
    assert first is not None
    assert not first._state.adding
    assert _named.one(scope="C", outcome="done") is None


def test_it_costs_one_statement_and_builds_it_once(django_assert_num_queries: Any) -> None:
    built: list[str] = []

    @kept
    def counted(scope: str) -> QuerySet[AuditEvent]:
        built.append(scope)
        return AuditEvent.objects.filter(scope=scope)

    with django_assert_num_queries(3):
        for scope in "ABC":
            counted(scope=scope)
    assert len(built) == 1


def test_lists_of_values_and_single_values_are_kept_too() -> None:
    event("one", scope="A")

    @kept
    def pairs(scope: str) -> QuerySet[Any, Any]:
        return AuditEvent.objects.filter(scope=scope).values_list("act", "reasons")

    @kept
    def acts(scope: str) -> QuerySet[Any, Any]:
        return AuditEvent.objects.filter(scope=scope).values_list("act", flat=True)

    assert pairs(scope="A") == [("one", [])]
    assert acts(scope="A") == ["one"]


def test_a_value_that_the_statement_does_not_carry_as_it_is_is_refused() -> None:
    @kept
    def lost(scope: str, other: str) -> QuerySet[AuditEvent]:
        return AuditEvent.objects.filter(scope=scope)

    with pytest.raises(NotKept):
        lost(scope="A", other="B")


@pytest.mark.parametrize("value", [None, True, 1.5, ["A"]])
def test_what_changes_the_statement_is_refused(value: Any) -> None:
    asked: Kept[AuditEvent] = Kept(lambda scope: AuditEvent.objects.filter(scope=scope))
    with pytest.raises(NotKept):
        asked(scope=value)
    assert asked(scope="A") == []  # and spoils nothing for who asks rightly


def test_a_value_of_another_type_than_before_is_refused() -> None:
    asked: Kept[AuditEvent] = Kept(lambda scope: AuditEvent.objects.filter(scope=scope))
    asked(scope="A")
    with pytest.raises(NotKept):
        asked(scope=None)


def test_new_rows_are_as_the_orm_writes_them() -> None:
    rows = [AuditEvent(at=clock.now(), act=act, details={"é": [1, None]}, reasons=["x"]) for act in ("one", "two")]
    insert(rows)

    for row in rows:
        again = AuditEvent.objects.get(pk=row.pk)
        assert {**vars(again), "_state": None} == {**vars(row), "_state": None}
        assert again.txid > 0
        assert not row._state.adding
    insert([])


def test_a_row_that_is_there_already_is_not_written_again() -> None:
    first = OutboxMessage(task="t", key="k", available_at=clock.now(), payload={"a": 1})
    second = OutboxMessage(task="t", key="k", available_at=clock.now(), payload={"a": 2})
    insert([first], unique="key")
    insert([second], unique="key")

    assert second.pk == first.pk
    assert OutboxMessage.objects.get().payload == {"a": 1}


def test_rows_that_leave_different_columns_to_the_database_are_refused() -> None:
    told = OutboxMessage(task="t", key="1", available_at=clock.now(), created_at=clock.now())
    with pytest.raises(ValueError, match="different columns"):
        insert([told, OutboxMessage(task="t", key="2", available_at=clock.now())])


def test_columns_of_a_row_are_written_all_or_those_that_are_named() -> None:
    row = OutboxMessage.objects.create(task="t", key="k", available_at=clock.now())
    row.last_error, row.attempts, row.payload = "broken", 3, {"a": [1]}
    update(row, "last_error")
    assert OutboxMessage.objects.values_list("last_error", "attempts").get() == ("broken", 0)
    update(row)
    assert OutboxMessage.objects.values_list("last_error", "attempts", "payload").get() == ("broken", 3, {"a": [1]})


def test_columns_that_were_not_read_are_not_written() -> None:
    OutboxMessage.objects.create(task="t", key="k", available_at=clock.now(), payload={"a": 1})
    row = OutboxMessage.objects.defer("payload").get()
    row.attempts = 1
    update(row)
    assert OutboxMessage.objects.get().payload == {"a": 1}


def test_a_row_that_is_gone_is_not_written_silently() -> None:
    with pytest.raises(OutboxMessage.DoesNotExist):
        update(OutboxMessage(pk=1, task="t", key="k", available_at=clock.now()), "task")


def test_a_row_with_a_key_of_its_own_keeps_it() -> None:
    insert([ClockShift(id=1, shift=timedelta(hours=1))])
    assert ClockShift.objects.get().shift == timedelta(hours=1)
