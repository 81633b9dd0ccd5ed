"""F1: a process of the web server is killed while people submit; they press again, and each submission is there once."""

from __future__ import annotations

from pathlib import Path

import pytest

from procurement.models import Submission
from tests.faults.applicants import Applicant, acknowledged, cookies_of, pressing
from tests.faults.counts import LONG, times
from tests.faults.served import served
from tests.patience import until
from tests.procurement.applying import BEFORE, complete_application, open_call, person
from workflow import clock
from workflow.models import AuditEvent

KILLS, PEOPLE = times(2, 100), 6 if LONG else 2


@pytest.mark.django_db(transaction=True)
def test_killed_while_people_submit_nothing_acknowledged_is_lost_nor_doubled(tmp_path: Path) -> None:
    call = open_call()
    applications = [complete_application(call, person(f"Person {number}")) for number in range(PEOPLE)]
    clock.set_to(BEFORE)

    with served(tmp_path / "web.log") as web:
        people = [Applicant(web.port, one.reference, cookies_of(one)) for one in applications]
        with pressing(people):
            for _ in range(KILLS):
                before = len(acknowledged(people))
                until(lambda before=before: len(acknowledged(people)) > before, within=120)
                web.kill_one()
        for one in people:  # the same key again is the same receipt
            key = list(one.receipts)[-1]
            assert one.submit(key) == one.receipts[key]

    numbers = acknowledged(people)
    assert len(set(numbers)) == len(numbers) > KILLS
    assert any(one.refused for one in people) or not LONG  # somebody was killed in the middle
    assert set(Submission.objects.values_list("receipt_number", flat=True)) == set(numbers)
    acts = ("submit", "replace_submission")
    assert AuditEvent.objects.filter(act__in=acts, outcome="done").count() == len(numbers)
    assert web.killed == KILLS
