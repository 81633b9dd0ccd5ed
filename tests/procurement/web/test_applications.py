"""An application is begun, and it exists for those whose it is and for nobody else."""

from __future__ import annotations

import pytest
from django.urls import reverse

from procurement.models import Application, Submission
from tests.procurement.applying import (
    AFTER,
    BEFORE,
    ask_to_complete,
    complete_application,
    firm,
    open_call,
    person,
    submitted,
)
from tests.procurement.web.own_pages import KEY, page
from workflow import clock, outbox

pytestmark = pytest.mark.django_db


@pytest.fixture
def actor(client):
    clock.set_to(BEFORE)
    one = person()
    client.force_login(one)
    return one


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
