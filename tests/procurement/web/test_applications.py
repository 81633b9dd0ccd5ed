"""The applicant's pages: their own and nobody else's, each act with its sentence."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from procurement.actions.write_paper import write_paper
from procurement.demo.codes import begin
from procurement.models import Application, Call, Letter, Paper, Submission
from procurement.queries.papers.receipt import receipt_facts
from tests.procurement.applying import (
    AFTER,
    BEFORE,
    ask_to_complete,
    attach,
    complete_application,
    firm,
    open_call,
    person,
    sealed_in,
    submit,
    submitted,
)
from workflow import audit, clock, outbox

pytestmark = pytest.mark.django_db
KEY = "a" * 32


@pytest.fixture
def actor(client):
    clock.set_to(BEFORE)
    one = person()
    client.force_login(one)
    return one


def page(client, name, *args):
    return client.get(reverse(name, args=args))


def test_beginning_leads_to_the_code_and_then_to_the_parts(client, actor):
    call = open_call()
    answer = client.post(reverse("application_start", args=[call.reference]))
    begun = Application.objects.get()
    assert answer.url == reverse("application_code", args=[begun.reference])
    assert (begun.user, begun.organisation, begun.state) == (actor, None, "draft")


def test_somebody_with_a_firm_chooses_first(client, actor):
    call, theirs = open_call(), firm(actor)
    address = reverse("application_start", args=[call.reference])
    assert "Atelier des villes" in client.post(address).content.decode()
    assert not Application.objects.exists()
    client.post(address, {"begin": "1", "applicant": str(theirs.reference)})
    assert Application.objects.get().organisation == theirs


def test_the_firm_of_another_cannot_be_chosen(client, actor):
    call, _own, other = open_call(), firm(actor), firm(person("Amel One"))
    client.post(reverse("application_start", args=[call.reference]), {"begin": "1", "applicant": str(other.reference)})
    assert not Application.objects.exists()


def test_a_call_that_is_not_public_cannot_be_applied_to(client, actor):
    assert page(client, "application_start", open_call(state="draft").reference).status_code == 404


def test_people_who_run_the_call_see_why_they_cannot_apply(client):
    clock.set_to(BEFORE)
    call = open_call()
    client.force_login(call.created_by)
    shown = page(client, "application_start", call.reference)
    assert 'data-code="SUB-07"' in shown.content.decode()
    assert client.post(reverse("application_start", args=[call.reference])).status_code == 409


OWN = [
    ("application", []),
    ("application_identity", []),
    ("application_price", []),
    ("application_document", ["A1"]),
    ("application_check", []),
    ("application_withdrawal", []),
    ("application_abandonment", []),
    ("application_completion", []),
]
ACTS = ["application_submission", "application_withdrawal", "application_abandonment", "application_completion_answer"]


@pytest.mark.parametrize(("name", "more"), OWN)
@pytest.mark.parametrize("who", ["rival", "officer", "nobody"])
def test_the_application_of_another_does_not_exist(client, actor, name, more, who):
    application = submitted(open_call(), actor)
    ask_to_complete(application, "A5", due=AFTER)
    assert page(client, name, application.reference, *more).status_code == 200
    client.logout()
    if who != "nobody":
        client.force_login({"rival": person("Yanis Rival"), "officer": application.call.created_by}[who])
    answer = page(client, name, application.reference, *more)
    assert answer.status_code == (302 if who == "nobody" else 404)
    assert "Nadia" not in answer.content.decode()


@pytest.mark.parametrize("name", ACTS)
def test_nobody_acts_on_the_application_of_another(client, actor, name):
    application = submitted(open_call(), actor)
    client.force_login(person("Yanis Rival"))
    assert client.post(reverse(name, args=[application.reference]), {"key": KEY}).status_code == 404
    assert Application.objects.get().state == "submitted"


def test_a_receipt_and_a_file_of_another_do_not_exist(client, actor):
    application = submitted(open_call(), actor)
    number, file = application.submissions.get().receipt_number, application.documents.first().file_id
    outbox.deliver_waiting()
    addresses = [
        reverse("application_receipt", args=[application.reference, number]),
        reverse("application_receipt_file", args=[application.reference, number]),
        reverse("application_file", args=[application.reference, file]),
    ]
    assert [client.get(address).status_code for address in addresses] == [200] * 3
    other = submitted(open_call(), person("Yanis Rival"))
    client.force_login(other.user)
    assert [client.get(address).status_code for address in addresses] == [404] * 3
    through_own = [
        reverse("application_receipt", args=[other.reference, number]),
        reverse("application_file", args=[other.reference, file]),
    ]
    assert [client.get(address).status_code for address in through_own] == [404] * 2


def test_a_colleague_of_the_firm_reads_and_submits(client, actor):
    colleague = person("Bilal Other")
    application = complete_application(open_call(), colleague, organisation=firm(actor, colleague))
    assert page(client, "application", application.reference).status_code == 200
    client.post(reverse("application_submission", args=[application.reference]), {"key": KEY})
    assert Submission.objects.get().submitted_by == actor


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


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("opened", "Under evaluation"),
        ("non_compliant", "Under evaluation"),
        ("below_threshold", "Under evaluation"),
        ("winner", "Under evaluation"),
    ],
)
def test_before_the_letters_an_applicant_learns_nothing_of_the_findings(client, actor, state, words):
    application = submitted(open_call(), actor)
    opened(application, state)
    for name, args in [("my_applications", []), ("application", [application.reference])]:
        shown = page(client, name, *args).content.decode()
        assert words in shown
        assert "threshold" not in shown
        assert "compliant" not in shown.lower()


def test_a_letter_is_read_once_it_was_sent(client, actor):
    application = submitted(open_call(), actor)
    opened(application, "not_selected")
    paper = write_paper(  # any paper will do for the file
        call=application.call, kind="receipt", template="receipt", actor=None, now=AFTER, application=application,
        paper_facts=receipt_facts(application.submissions.get(), call=application.call),
    )  # fmt: skip
    outbox.deliver_waiting()
    letter = Letter.objects.create(call=application.call, application=application, kind="not_selected", paper=paper)
    address = reverse("application_letter", args=[application.reference, 1])
    assert client.get(address).status_code == 404
    audit.record(letter, "send", actor=None, now=AFTER, target="sent")
    Letter.objects.filter(pk=letter.pk).update(state="sent", sent_at=AFTER)
    assert client.get(address).status_code == 200
    assert "Letter received" in page(client, "my_applications").content.decode()
    assert "Read the letter" in page(client, "desk").content.decode()
    clock.set_to(AFTER + timedelta(days=31))
    assert "Read the letter" not in page(client, "desk").content.decode()


def opened(application, state):
    """Put an application where the committee has found something about it."""
    audit.record(application, "test", actor=None, now=AFTER, target=state)
    Application.objects.filter(pk=application.pk).update(state=state, opened_at=AFTER, label="E1")
    audit.record(application.call, "test", actor=None, now=AFTER, target="evaluation")
    Call.objects.filter(pk=application.call_id).update(state="evaluation", opened_at=AFTER, next_check_at=None)
    clock.set_to(AFTER + timedelta(days=1))


@pytest.mark.parametrize("rows", [1, 3])
def test_my_applications_cost_the_same_however_many(client, actor, rows, django_assert_num_queries):
    for _ in range(rows):
        application = submitted(open_call(), actor)
        submit(application, actor, at=BEFORE + timedelta(minutes=1))
    page(client, "my_applications")
    with django_assert_num_queries(9):
        shown = page(client, "my_applications").content.decode()
    assert shown.count("Submitted, sealed") == rows


@pytest.mark.parametrize("files", [1, 3])
def test_the_list_of_parts_costs_the_same_however_many_files(client, actor, files, django_assert_num_queries):
    application = submitted(open_call(), actor)
    for _ in range(files):
        attach(application, "A5", actor)
        submit(application, actor, at=BEFORE + timedelta(minutes=1))
    page(client, "application", application.reference)
    with django_assert_num_queries(23):
        shown = page(client, "application", application.reference).content.decode()
    assert shown.count("AR-") >= files + 1


@pytest.mark.parametrize("others", [1, 3])
def test_submitting_costs_the_same_however_many_applied(client, actor, others, django_assert_num_queries):
    call = open_call()
    for number in range(others):
        submitted(call, person(f"Other {number}"))
    application = complete_application(call, actor)
    clock.set_to(BEFORE)
    with django_assert_num_queries(18):
        client.post(reverse("application_submission", args=[application.reference]), {"key": KEY})
    assert Submission.objects.filter(application=application).exists()
