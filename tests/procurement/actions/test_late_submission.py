"""Submitting late: recorded, never opened, and the one in time stands; the published deadline decides."""

from __future__ import annotations

from datetime import timedelta

import pytest

from procurement.models import Application, Call, Submission
from procurement.queries.applications import current_submission
from tests.database import triggers_off
from tests.procurement.applying import AFTER, DEADLINE, complete_application, open_call, person, submit, submitted
from workflow.models import AuditEvent, OutboxMessage
from workflow.refusals import NoSuchMove, Refused

pytestmark = pytest.mark.django_db


def test_a_late_submission_is_recorded_and_stays_closed():
    actor = person()
    application = complete_application(open_call(), actor)
    late = submit(application, actor, at=AFTER)
    assert late.late
    assert Application.objects.get(pk=application.pk).state == "late"
    assert current_submission(application) is None
    assert OutboxMessage.objects.filter(key__startswith="procurement.send_mail:late_receipt:").count() == 1
    with pytest.raises(NoSuchMove):
        submit(application, actor, at=AFTER)


def test_the_last_microsecond_is_in_time():
    """The rule is submitted_at <= deadline: the generated column says so for an instant equal to the deadline."""
    actor = person()
    application = submitted(open_call(), actor)
    at_the_stroke = Submission.objects.create(
        application=application,
        receipt_number="AR-TEST-0001",
        idempotency_key="stroke",
        submitted_by=actor,
        submitted_at=DEADLINE,
        deadline=DEADLINE,
    )
    assert not Submission.objects.get(pk=at_the_stroke.pk).late


def test_a_late_attempt_leaves_the_submission_in_time_standing():
    actor = person()
    application = submitted(open_call(), actor)
    first = current_submission(application)
    late = submit(application, actor, at=AFTER)
    assert late.late
    assert late.replaces is None
    assert current_submission(application) == first
    assert Application.objects.get(pk=application.pk).state == "submitted"
    assert AuditEvent.objects.filter(act="record_late_attempt").count() == 1


def test_a_closed_call_records_late_ones_by_the_clock_and_not_by_its_state():
    actor, call = person(), open_call()
    application = complete_application(call, actor)
    with triggers_off():  # the published one counts
        Call.objects.filter(pk=call.pk).update(deadline=DEADLINE - timedelta(days=20))
    assert not submit(application, actor).late


def test_after_the_opening_nothing_is_recorded():
    actor, call = person(), open_call()
    application = complete_application(call, actor)
    Call.objects.filter(pk=call.pk).update(opened_at=AFTER)
    with pytest.raises(Refused) as refusal:
        submit(application, actor, at=AFTER)
    assert refusal.value.codes == ["SUB-05"]
