"""F15, F16, F19: the stroke of the deadline, clocks that are wrong, a beat that is not there."""

from __future__ import annotations

import re
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from procurement.actions.close_call import close_call
from procurement.actions.submit_application import submit_application
from procurement.models import Application, Call, PublishedDeadline, Submission
from tests.database import triggers_off
from tests.faults.applicants import browser_of
from tests.faults.counts import LONG, times
from tests.patience import until
from tests.procurement.applying import DEADLINE, complete_application, open_call, person
from tests.procurement.together import at_once, done
from workflow import clock
from workflow.refusals import Refused

ROOT = Path(__file__).resolve().parents[2]
CLIENTS, ROUNDS = 64 if LONG else 12, times(6, 100)


def collect_again(call: Call, *, deadline: datetime) -> None:
    """Put the call back to where it collects, until a later deadline; who was late is in the race again."""
    with triggers_off(), transaction.atomic():
        Call.objects.filter(pk=call.pk).update(
            state="published", deadline=deadline, closed_at=None, next_check_at=deadline
        )
        PublishedDeadline.objects.get_or_create(call=call, deadline=deadline)
        Application.objects.filter(call=call, state="late").update(state="draft")


def race(call: Call, applications: list[Application], *, number: int) -> tuple[list[Submission], set[str]]:
    """Let everybody submit and somebody close at once; return what was acknowledged, and the list that the closing read."""
    together, listed = threading.Barrier(len(applications) + 1, timeout=60), set[str]()

    def submit(application: Application) -> Submission:
        try:
            together.wait()
            return submit_application(
                application=application, actor=application.user, now=clock.now(), idempotency_key=f"round {number}"
            )
        finally:
            connection.close()

    def close() -> None:
        try:
            together.wait()
            until(lambda: closed(call))
            rows = Submission.objects.filter(application__call=call, late=False, idempotency_key=f"round {number}")
            listed.update(rows.values_list("receipt_number", flat=True))
        finally:
            connection.close()

    with ThreadPoolExecutor(len(applications) + 1) as pool:
        closing = pool.submit(close)
        acknowledged = list(pool.map(submit, applications))
        closing.result()
    return acknowledged, listed


def closed(call: Call) -> bool:
    try:
        return close_call(call=call, actor=None, now=clock.now()).state == "closed"
    except Refused:
        return False


def before_it(number: int, chance: Random) -> float:
    """Return how many milliseconds a round begins before the deadline: one after it, one well before it, the others as they come."""
    return (0.0, 100.0 * CLIENTS)[number] if number < 2 else chance.uniform(0, 20 * CLIENTS)


@pytest.mark.django_db(transaction=True)
def test_nobody_acknowledged_in_time_is_missing_and_nobody_late_counts() -> None:
    """F15: acknowledged on time is what the closing reads; 0 missing, 0 late as on time."""
    call, chance, both = open_call(), Random(20301203), set[bool]()
    applications = [complete_application(call, person(f"Person {number}")) for number in range(CLIENTS)]
    for number in range(ROUNDS):
        deadline = DEADLINE + timedelta(hours=number)
        collect_again(call, deadline=deadline)
        clock.set_to(deadline - timedelta(milliseconds=before_it(number, chance)))
        acknowledged, listed = race(call, applications, number=number)
        assert {one.receipt_number for one in acknowledged if not one.late} == listed, number
        assert all(one.late == (one.submitted_at > deadline) for one in acknowledged), number
        assert len(acknowledged) == CLIENTS
        both |= {one.late for one in acknowledged}
    assert both == {True, False}


PYTHON_CLOCK = re.compile(r"\b(?:datetime|date|timezone)\.(?:now|today|utcnow)\(|\btime\.time\(")


def test_no_rule_and_no_act_asks_the_clock_of_the_web_server() -> None:
    """F16: there is one clock, and it is the database's."""
    files = [path for app in ("procurement", "workflow", "experts", "accounts") for path in (ROOT / app).rglob("*.py")]
    guilty = {str(path.relative_to(ROOT)) for path in files if PYTHON_CLOCK.search(path.read_text(encoding="utf-8"))}
    assert len(files) > 300
    # How long ago a person signed in, and how long a session lasts: as the session itself has it.
    assert guilty == {"accounts/second_factor.py", "accounts/sessions.py"}


@pytest.mark.django_db
@pytest.mark.parametrize("wrong", [timedelta(minutes=-10), timedelta(minutes=10)])
@pytest.mark.parametrize(("before", "late"), [(timedelta(minutes=1), False), (timedelta(minutes=-1), True)])
def test_a_wrong_clock_of_the_application_changes_nothing(
    monkeypatch: pytest.MonkeyPatch, wrong: timedelta, before: timedelta, late: bool
) -> None:
    """F16: ten minutes ahead or behind; the row is stamped by the database."""
    actor = person()
    application = complete_application(open_call(), actor)
    clock.set_to(DEADLINE - before)
    monkeypatch.setattr(timezone, "now", lambda: datetime.now(tz=DEADLINE.tzinfo) + wrong)
    sent = submit_application(application=application, actor=actor, now=clock.now() + wrong, idempotency_key="one")
    assert sent.late == late
    assert abs(sent.submitted_at - (DEADLINE - before)) < timedelta(seconds=30)


@pytest.mark.django_db
@pytest.mark.parametrize("claimed", [timedelta(days=-1), timedelta(days=1)])
def test_what_the_client_says_of_the_time_is_not_heard(claimed: timedelta) -> None:
    """F16: a client a day behind or ahead is late when the database says so."""
    application = complete_application(open_call(), person())
    client = browser_of(application)
    clock.set_to(DEADLINE + timedelta(seconds=5))
    said = (DEADLINE + claimed).strftime("%a, %d %b %Y %H:%M:%S GMT")
    form = {"key": "k" * 32, "submitted_at": (DEADLINE + claimed).isoformat(), "late": ""}
    client.post(reverse("application_submission", args=[application.reference]), form, headers={"date": said})
    assert [one.late for one in Submission.objects.all()] == [True]


@pytest.mark.django_db(transaction=True)
def test_an_hour_without_beat_the_first_page_after_the_deadline_closes() -> None:
    """F19: state is a function of time; beat is only a hint."""
    call = open_call()
    clock.set_to(DEADLINE + timedelta(hours=1))
    assert Client().get(reverse("public_call", args=[call.reference])).status_code == 200
    assert Call.objects.get(pk=call.pk).state == "closed"
    assert done("close") == 1


@pytest.mark.django_db(transaction=True)
def test_two_beats_and_a_page_close_once() -> None:
    """F19: twice is once."""
    for number in range(times(1, 20)):
        call = open_call()
        clock.set_to(DEADLINE + timedelta(seconds=1))

        def look(call: Call = call) -> Any:
            return Client().get(reverse("public_call", args=[call.reference])).status_code

        assert 200 in at_once(clock.tick, clock.tick, look)
        clock.tick()
        assert Call.objects.get(pk=call.pk).state == "closed"
        assert done("close") == number + 1
