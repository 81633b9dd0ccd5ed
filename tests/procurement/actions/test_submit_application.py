"""Submitting: one click, one submission, one receipt; what is missing or not one's own is refused."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from procurement.actions.save_part import save_price
from procurement.actions.submit_application import submit_application
from procurement.enums import ApplicationState
from procurement.models import Application, Call, Envelope, Paper, Submission
from procurement.queries.applications import current_submission, submissions_of
from procurement.queries.opening import current_submissions
from tests.procurement.applying import (
    BEFORE,
    DEADLINE,
    attach,
    complete_application,
    open_call,
    person,
    sealed_in,
    submit,
    submitted,
)
from workflow import audit, clock
from workflow.models import AuditEvent, OutboxMessage
from workflow.refusals import NotPermitted, Refused

pytestmark = pytest.mark.django_db


def test_a_submission_freezes_what_was_written_and_is_acknowledged_once():
    actor, call = person(), open_call()
    application = complete_application(call, actor)
    first = submit(application, actor)

    assert not first.late
    assert first.submitted_at < DEADLINE
    held = sealed_in(first)
    assert {file.code for one in held.values() for file in one.files} == {"A1", "B1"}
    assert held["financial"].written["price"]["total"] == "13900.00"
    frozen = {one.kind: one for one in first.envelopes.all()}
    assert [d.requirement.code for d in frozen["technical"].documents.all()] == ["A1"]
    assert Application.objects.get(pk=application.pk).state == "submitted"
    assert (first.manifest, frozen["financial"].content, Paper.objects.count()) == ([], {}, 0)
    assert OutboxMessage.objects.filter(key__startswith="procurement.send_mail:receipt:").count() == 1


def test_the_same_click_gives_the_same_receipt():
    actor = person()
    application = complete_application(open_call(), actor)
    first = submit(application, actor, key="one")
    again = submit(application, actor, key="one", at=BEFORE + timedelta(minutes=1))
    assert again == first
    assert Submission.objects.count() == 1
    assert AuditEvent.objects.filter(act="submit", outcome="done").count() == 1


def test_a_click_that_was_used_is_refused_for_another_content_and_the_first_submission_stands():
    actor = person()
    application = complete_application(open_call(), actor)
    first = submit(application, actor, key="one")
    save_price(application=application, days=Decimal(40), rate=Decimal(100), expenses=None, actor=actor, now=BEFORE)
    with pytest.raises(Refused) as refusal:
        submit(application, actor, key="one", at=BEFORE + timedelta(minutes=1))
    assert refusal.value.codes == ["SUB-12"]
    assert current_submission(application) == first
    assert AuditEvent.objects.filter(outcome="refused", reasons=["SUB-12"]).count() == 1


def test_without_the_access_code_nothing_is_submitted():
    actor = person()
    application = complete_application(open_call(), actor)
    locked = Application.objects.get(pk=application.pk)
    with pytest.raises(Refused) as refusal:
        submit_application(application=locked, actor=actor, now=BEFORE, idempotency_key="one")
    assert refusal.value.codes == ["SUB-11"]
    assert not Submission.objects.exists()


def test_submitting_again_replaces_and_keeps_the_earlier_envelopes_as_they_were():
    actor = person()
    application = submitted(open_call(), actor)
    first = current_submission(application)
    save_price(application=application, days=Decimal(40), rate=Decimal(100), expenses=None, actor=actor, now=BEFORE)
    second = submit(application, actor, at=BEFORE + timedelta(minutes=1))
    assert second.replaces == first
    assert current_submission(application) == second
    assert sealed_in(first)["financial"].written["price"]["total"] == "13900.00"
    assert sealed_in(second)["financial"].written["price"]["total"] == "4000.00"
    assert (first.version, second.version) == (1, 2)
    assert second.sha256 != first.sha256
    assert AuditEvent.objects.filter(act="replace_submission", scope=application.call.reference).count() == 1


def test_the_last_one_written_counts_even_when_the_clock_was_set_back():
    actor, call = person(), open_call()
    application = complete_application(call, actor)
    first = submit(application, actor, at=BEFORE + timedelta(hours=1))
    second = submit(application, actor, at=BEFORE)
    assert second.submitted_at < first.submitted_at
    assert second.replaces == first
    assert current_submission(application) == second
    assert list(submissions_of(application)) == [second, first]
    assert list(current_submissions(call, states=(ApplicationState.SUBMITTED,))) == [second]


def test_an_incomplete_application_is_refused_with_what_is_missing():
    actor = person()
    application = complete_application(open_call(), actor)
    application.documents.update(removed_at=BEFORE)
    with pytest.raises(Refused) as refusal:
        submit(application, actor)
    assert refusal.value.codes == ["SUB-04"]
    assert "A1" in refusal.value.reasons[0].sentence
    assert not Submission.objects.exists()
    assert not Envelope.objects.exclude(submission=None).exists()


def test_a_document_that_can_be_completed_later_does_not_block():
    actor = person()
    application = complete_application(open_call(), actor)
    assert "A5" not in [file.code for file in sealed_in(submit(application, actor))["technical"].files]


@pytest.mark.parametrize(("state", "code"), [("suspended", "SUB-02"), ("cancelled", "SUB-01")])
def test_a_call_that_takes_nothing_refuses(state, code):
    actor, call = person(), open_call()
    application = complete_application(call, actor)
    audit.record(call, "test", actor=None, now=BEFORE, target=state)
    Call.objects.filter(pk=call.pk).update(state=state)
    with pytest.raises(Refused) as refusal:
        submit(application, actor)
    assert code in refusal.value.codes


def test_nobody_submits_for_another():
    actor = person()
    application = complete_application(open_call(), actor)
    with pytest.raises(NotPermitted):
        submit(application, person("Yanis Rival"))
    assert AuditEvent.objects.filter(outcome="refused", act="submit_application").count() == 1


def test_a_submission_costs_the_same_whatever_the_number_of_applications(django_assert_num_queries):
    call = open_call()
    for _ in range(2):
        submitted(call, person())
    actor = person()
    application = complete_application(call, actor)
    attach(application, "A1", actor)
    clock.set_to(BEFORE)
    with django_assert_num_queries(17):  # with the two of setting and reading the clock
        submit(application, actor)
