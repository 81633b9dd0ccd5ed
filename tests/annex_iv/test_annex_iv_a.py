"""Directive 2014/24/EU, Annex IV (a): “the exact time and date of the receipt of tenders […] can be determined precisely”."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from procurement.models import Submission
from tests.procurement.applying import DEADLINE, complete_application, open_call, person, submit
from workflow import clock

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("before", "late"), [(timedelta(seconds=20), False), (timedelta(0), True), (timedelta(seconds=-1), True)]
)
def test_the_database_stamps_the_receipt_to_the_microsecond_and_says_whether_it_is_late(
    before: timedelta, late: bool
) -> None:
    actor = person()
    application = complete_application(open_call(), actor)
    clock.set_to(DEADLINE - before)
    earliest = clock.now()
    sent = submit(application, actor, at=DEADLINE - before)
    assert earliest - timedelta(seconds=20) < sent.submitted_at <= clock.now()
    assert (sent.late, sent.deadline) == (late, DEADLINE)


def test_of_two_submissions_the_order_is_that_of_their_instants() -> None:
    actor = person()
    application = complete_application(open_call(), actor)
    first, second = (submit(application, actor, at=DEADLINE - timedelta(minutes=left)) for left in (3, 2))
    assert first.submitted_at < second.submitted_at


@pytest.mark.parametrize(
    "change",
    [
        "submitted_at = submitted_at - interval '1 hour'",
        "deadline = deadline + interval '1 day'",
        "receipt_number = 'AR-0'",
    ],
)
def test_nobody_dates_a_submission_anew(change: str) -> None:
    actor = person()
    submit(complete_application(open_call(), actor), actor)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE procurement_submission SET {change}")


def test_nobody_says_that_a_late_one_was_in_time() -> None:
    actor = person()
    submit(complete_application(open_call(), actor), actor, at=DEADLINE + timedelta(seconds=1))
    with pytest.raises(Exception, match="late"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE procurement_submission SET late = false")
    assert Submission.objects.get().late
