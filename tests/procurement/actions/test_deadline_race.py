"""The last second: many submit while the call closes. Nobody acknowledged in time is missing, nobody late is in time."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection

from procurement.actions.close_call import close_call
from procurement.actions.submit_application import submit_application
from procurement.models import Application, Call, Submission
from tests.patience import until
from tests.procurement.applying import DEADLINE, complete_application, open_call, person
from workflow import clock
from workflow.refusals import Refused

pytestmark = pytest.mark.django_db(transaction=True)
CROWD = 12


@pytest.mark.parametrize("margin", [timedelta(milliseconds=60), timedelta(milliseconds=250)])
def test_everybody_who_was_in_time_is_on_the_list_that_the_closing_reads(margin: timedelta) -> None:
    call = open_call()
    applications = [complete_application(call, person(f"Person {number}")) for number in range(CROWD)]
    together = threading.Barrier(CROWD + 1, timeout=30)
    listed: list[str] = []

    def submit(application: Application) -> Submission:
        together.wait()
        try:
            return submit_application(
                application=application, actor=application.user, now=clock.now(), idempotency_key=application.reference
            )
        finally:
            connection.close()

    def close() -> None:
        together.wait()
        try:
            until(lambda: closed(call))
            listed.extend(
                Submission.objects.filter(application__call=call, late=False).values_list("receipt_number", flat=True)
            )
        finally:
            connection.close()

    clock.set_to(DEADLINE - margin)
    with ThreadPoolExecutor(CROWD + 1) as pool:
        closing = pool.submit(close)
        acknowledged = list(pool.map(submit, applications))
        closing.result()

    in_time = {one.receipt_number for one in acknowledged if not one.late}
    assert in_time == set(listed)
    assert all(one.late == (one.submitted_at > DEADLINE) for one in acknowledged)
    states = dict(Application.objects.values_list("pk", "state"))
    assert all(states[one.application_id] == ("late" if one.late else "submitted") for one in acknowledged)


def closed(call: Call) -> bool:
    try:
        return close_call(call=call, actor=None, now=clock.now()).state == "closed"
    except Refused:
        return False
