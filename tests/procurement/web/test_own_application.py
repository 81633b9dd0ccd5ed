"""The page of one's own application: what is missing, submitted, late, withdrawn or erased, each with its sentence."""

from __future__ import annotations

import pytest
from django.urls import reverse

from procurement.demo.codes import begin
from procurement.models import Application, Call, Paper, Submission
from tests.procurement.applying import (
    AFTER,
    BEFORE,
    attach,
    complete_application,
    open_call,
    person,
    sealed_in,
    submitted,
)
from tests.procurement.web.own_pages import KEY, page
from workflow import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def actor(client):
    clock.set_to(BEFORE)
    one = person()
    client.force_login(one)
    return one


def test_the_list_says_what_is_missing_with_the_way_there(client, actor):
    application = begin(call=open_call(), actor=actor, now=BEFORE)
    shown = page(client, "application", application.reference).content.decode()
    assert "<b>0 of 5 parts</b>" in shown
    assert shown.count('data-code="SUB-04"') == 4  # identity, A1, B1, price; A5 may be completed later
    assert reverse("application_document", args=[application.reference, "A1"]) in shown


def test_what_is_missing_is_named_as_the_call_names_it(client, actor):
    application = begin(call=open_call(), actor=actor, now=BEFORE)
    application.call.requirements.filter(code="A1").update(title={"en": "Proof of one's identity & status"})
    shown = page(client, "application", application.reference).content.decode()
    assert "A1 Proof of one&#x27;s identity &amp; status: no file yet" in shown


def test_the_last_page_says_what_may_be_regretted(client, actor):
    application = complete_application(open_call(), actor)
    Call.objects.update(ceiling_amount=13000)
    shown = page(client, "application_check", application.reference).content.decode()
    before_the_button = shown.partition("Know before you do:")[2].partition("Submit my application")[0]
    assert "above the binding ceiling of €13,000.00: such an offer is excluded" in before_the_button
    assert "no file yet" in before_the_button  # A5 may be completed later


def test_the_last_page_has_nothing_to_say_of_a_price_within_the_ceiling(client, actor):
    application = complete_application(open_call(), actor)
    assert "binding ceiling" not in page(client, "application_check", application.reference).content.decode()


def test_submitting_gives_the_receipt_and_pressing_twice_the_same_one(client, actor):
    application = complete_application(open_call(), actor)
    address = reverse("application_submission", args=[application.reference])
    first = client.post(address, {"key": KEY})
    again = client.post(address, {"key": KEY})
    assert first.url == again.url
    submission = Submission.objects.get()
    shown = client.get(first.url).content.decode()
    assert submission.receipt_number in shown
    files = [file for one in sealed_in(submission).values() for file in one.files]
    assert len(files) == 2
    for file in files:
        assert file.sha256[:8] in shown
        assert file.sha256[-8:] in shown
    word = page(client, "application_receipt_file", application.reference, submission.receipt_number)
    assert word.content.startswith(b"PK")
    assert word["Content-Disposition"].startswith("attachment")
    assert not Paper.objects.exists()


def test_an_incomplete_application_is_refused_on_the_page_that_shows_everything(client, actor):
    application = begin(call=open_call(), actor=actor, now=BEFORE)
    answer = client.post(reverse("application_submission", args=[application.reference]), {"key": KEY})
    assert answer.status_code == 409
    assert "These parts are not complete" in answer.content.decode()
    assert not Submission.objects.exists()


def test_a_forged_state_is_ignored(client, actor):
    application = complete_application(open_call(), actor)
    forged = {
        "key": KEY,
        "state": "winner",
        "late": "0",
        "submitted_at": "2020-01-01",
        "label": "E1",
        "deadline": "2099-01-01",
    }
    client.post(reverse("application_submission", args=[application.reference]), forged)
    now = Application.objects.get()
    assert (now.state, now.label) == ("submitted", "")
    assert Submission.objects.get().submitted_at >= BEFORE


def test_after_a_submission_the_page_says_whether_what_stands_there_differs(client, actor):
    application = submitted(open_call(), actor)
    same = page(client, "application", application.reference).content.decode()
    assert "What stands below is what you submitted." in same
    attach(application, "A5", actor)
    changed = page(client, "application", application.reference).content.decode()
    assert "What stands below is not what you submitted." in changed
    assert "Submit my application again" in page(client, "application_check", application.reference).content.decode()


def test_after_the_deadline_the_parts_are_read_only_and_late_is_offered_as_late(client, actor):
    application = complete_application(open_call(), actor)
    clock.set_to(AFTER)
    assert page(client, "application_identity", application.reference).url == reverse(
        "application_check", args=[application.reference]
    )
    shown = page(client, "application_check", application.reference).content.decode()
    assert "Record my application as late" in shown
    answer = client.post(reverse("application_submission", args=[application.reference]), {"key": KEY})
    assert "Your application came late" in client.get(answer.url).content.decode()
    assert Application.objects.get().state == "late"


def test_the_first_page_after_the_deadline_closes_the_call(client, actor):
    application = submitted(open_call(), actor)
    clock.set_to(AFTER)
    page(client, "application", application.reference)
    assert Call.objects.get(pk=application.call_id).state == "closed"


def test_withdrawing_and_writing_on(client, actor):
    application = submitted(open_call(), actor)
    answer = client.post(reverse("application_withdrawal", args=[application.reference]), follow=True)
    assert "Your application is withdrawn" in answer.content.decode()
    assert Application.objects.get().state == "withdrawn"
    assert page(client, "application_identity", application.reference).status_code == 200
    client.post(reverse("application_submission", args=[application.reference]), {"key": KEY})
    assert Application.objects.get().state == "submitted"


def test_withdrawing_after_the_deadline_is_refused_in_words(client, actor):
    application = submitted(open_call(), actor)
    clock.set_to(AFTER)
    answer = client.post(reverse("application_withdrawal", args=[application.reference]))
    assert answer.status_code == 409
    assert "The deadline passed on Tuesday 12 March 2030, 17:00" in answer.content.decode()


def test_a_draft_is_erased_and_a_submitted_application_is_not(client, actor):
    draft = complete_application(open_call(), actor)
    client.post(reverse("application_abandonment", args=[draft.reference]))
    assert not Application.objects.filter(pk=draft.pk).exists()
    sent = submitted(open_call(), actor)
    assert client.post(reverse("application_abandonment", args=[sent.reference])).status_code == 409
    assert Application.objects.filter(pk=sent.pk).exists()
