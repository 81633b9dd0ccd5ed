"""Withdrawing: nothing counts any more, one can submit again, and after the deadline it is too late."""

from __future__ import annotations

from datetime import timedelta

import pytest

from procurement.actions.save_part import save_note
from procurement.actions.withdraw_application import withdraw_application
from procurement.models import Submission
from procurement.queries.applications import current_submission
from tests.procurement.applying import AFTER, BEFORE, open_call, person, submit, submitted
from workflow.refusals import Refused

pytestmark = pytest.mark.django_db


def test_after_a_withdrawal_one_can_write_and_submit_again():
    actor = person()
    application = submitted(open_call(), actor)
    first = current_submission(application)
    withdrawn = withdraw_application(application=application, actor=actor, now=BEFORE)
    assert withdrawn.state == "withdrawn"
    assert current_submission(application) is None
    save_note(
        application=withdrawn,
        requirement=withdrawn.call.requirements.get(code="A1"),
        text="New",
        actor=actor,
        now=BEFORE,
    )
    second = submit(withdrawn, actor, at=BEFORE + timedelta(minutes=1))
    assert second.replaces == first
    assert current_submission(application) == second


def test_a_withdrawal_leaves_no_earlier_submission_that_would_count():
    actor = person()
    application = submitted(open_call(), actor)
    submit(application, actor)
    withdraw_application(application=application, actor=actor, now=BEFORE)
    assert current_submission(application) is None
    assert not Submission.objects.filter(withdrawn_at=None).exists()


def test_a_withdrawal_after_the_deadline_is_refused():
    actor = person()
    application = submitted(open_call(), actor)
    with pytest.raises(Refused) as refusal:
        withdraw_application(application=application, actor=actor, now=AFTER)
    assert refusal.value.codes == ["SUB-03"]
    assert current_submission(application) is not None
