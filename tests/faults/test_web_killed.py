"""F1: a process of the web server is killed while people submit; they press again, and each submission is there once."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from procurement.models import Submission
from tests.faults.counts import LONG, times
from tests.faults.served import Applicant, cookies_of, served
from tests.procurement.applying import BEFORE, complete_application, open_call, person
from workflow import clock
from workflow.models import AuditEvent

KILLS, PEOPLE = times(2, 100), 6 if LONG else 2


@pytest.mark.django_db(transaction=True)
def test_killed_while_people_submit_nothing_acknowledged_is_lost_nor_doubled(tmp_path: Path) -> None:
    call = open_call()
    applications = [complete_application(call, person(f"Person {number}")) for number in range(PEOPLE)]
    clock.set_to(BEFORE)
    over = threading.Event()

    with served(tmp_path / "web.log") as web:
        people = [Applicant(web.port, one.reference, cookies_of(one)) for one in applications]

        def press(applicant: Applicant) -> None:
            while not over.is_set():
                applicant.submit()

        with ThreadPoolExecutor(PEOPLE) as pool:
            pressing = [pool.submit(press, one) for one in people]
            try:
                for _ in range(KILLS):
                    web.kill_one()
            finally:
                over.set()
            for one in pressing:
                one.result(120)
        for one in people:  # the same key again is the same receipt
            key = next(iter(one.receipts))
            assert one.submit(key) == one.receipts[key]

    acknowledged = {place.rstrip("/").rpartition("/")[2] for one in people for place in one.receipts.values()}
    assert len(acknowledged) == sum(len(one.receipts) for one in people)
    assert set(Submission.objects.values_list("receipt_number", flat=True)) == acknowledged
    acts = ("submit", "replace_submission")
    assert AuditEvent.objects.filter(act__in=acts, outcome="done").count() == len(acknowledged)
    assert web.killed == KILLS
