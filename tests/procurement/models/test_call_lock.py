"""Who writes the state or the deadline of a call holds its exclusive lock: the code takes it, the database refuses who does not."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from procurement.models import Call, PublishedDeadline
from tests.procurement.applying import DEADLINE, open_call
from workflow import audit, clock

ROOT = Path(__file__).resolve().parents[3]
# Where code may write a state or a deadline: the door, which holds what it moves, and acts that hold the call first.
WRITES = re.compile(
    r"^ *\w+\.(?:deadline|state) = |update\([^)]*\b(?:state|deadline)=|update_fields=\[[^\]]*\"(?:deadline|state)\""
    r"|PublishedDeadline\.objects\.create",
    re.MULTILINE,
)
KNOWN = {
    "procurement/actions/later_dates.py": "called by suspend_call and extend_deadline, which hold the call",
    "procurement/actions/suspend_call.py": "in memory, under hold_call: what the guards would say of the new deadline",
    "procurement/actions/publish_call.py": "after pass_through, which holds the call",
    "procurement/actions/extend_deadline.py": "hold_call; the state is that which the door wrote",
}


def test_nobody_else_writes_a_state_or_a_deadline() -> None:
    rooms = ("actions", "models", "queries", "web", "management")
    files = [path for room in rooms for path in (ROOT / "procurement" / room).rglob("*.py")]
    found = {str(path.relative_to(ROOT)) for path in files if WRITES.search(path.read_text(encoding="utf-8"))}
    assert found == KNOWN.keys()


def change(call: Call, *, hold: Callable[[], None] | None = None, **columns: Any) -> None:
    with transaction.atomic():
        if hold:
            hold()
        audit.record(call, "test", actor=None, now=clock.now(), target=columns.get("state", ""))
        Call.objects.filter(pk=call.pk).update(**columns)


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_neither_state_nor_deadline_changes() -> None:
    call = open_call()
    for columns in ({"state": "closed"}, {"deadline": DEADLINE + timedelta(days=1)}, {"deadline": None}):
        with pytest.raises(IntegrityError, match="holds its lock"):
            change(call, **columns)
    with pytest.raises(IntegrityError, match="holds the lock of its call"):
        PublishedDeadline.objects.create(call=call, deadline=DEADLINE + timedelta(days=1))
    assert (call.state, Call.objects.get(pk=call.pk).state, call.published_deadlines.count()) == ("published",) * 2 + (
        1,
    )


@pytest.mark.django_db(transaction=True)
def test_the_shared_lock_of_who_submits_and_the_lock_of_another_call_are_not_enough() -> None:
    call, other = open_call(), open_call()
    for hold in (partial(call.hold, shared=True), other.hold):
        with pytest.raises(IntegrityError, match="holds its lock"):
            change(call, hold=hold, state="closed")
    change(call, hold=call.hold, state="closed")
    assert Call.objects.get(pk=call.pk).state == "closed"


@pytest.mark.django_db
@pytest.mark.parametrize("new", [DEADLINE - timedelta(microseconds=1), DEADLINE - timedelta(days=9), None])
def test_a_published_deadline_only_moves_later(new: Any) -> None:
    call = open_call()
    call.hold()
    with pytest.raises(IntegrityError, match="only moves later"), transaction.atomic():
        change(call, deadline=new)
    if new:
        with pytest.raises(IntegrityError, match="only moves later"), transaction.atomic():
            PublishedDeadline.objects.create(call=call, deadline=new)
    change(call, deadline=DEADLINE + timedelta(microseconds=1))


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    ["UPDATE procurement_publisheddeadline SET deadline = deadline", "DELETE FROM procurement_publisheddeadline"],
)
def test_a_deadline_that_was_published_stays_on_record(statement: str) -> None:
    open_call()
    with pytest.raises(IntegrityError, match="written once"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
