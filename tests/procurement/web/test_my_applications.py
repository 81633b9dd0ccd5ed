"""What an applicant learns after the opening, and what the applicant's pages cost however much there is."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from procurement.actions.write_paper import write_paper
from procurement.models import Application, Call, Letter, Submission
from procurement.queries.papers.receipt import receipt_facts
from tests.procurement.applying import AFTER, BEFORE, attach, complete_application, open_call, person, submit, submitted
from tests.procurement.web.own_pages import KEY, page
from workflow import audit, clock, outbox

pytestmark = pytest.mark.django_db


@pytest.fixture
def actor(client):
    clock.set_to(BEFORE)
    one = person()
    client.force_login(one)
    return one


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
