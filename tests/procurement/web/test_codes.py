"""The access code: shown once it is made, kept by the browser, asked for elsewhere, made anew when it is lost."""

from __future__ import annotations

import re
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse

from procurement.actions.save_part import save_identity
from procurement.demo.codes import CODE, begin, unlocked
from procurement.models import Application
from procurement.models.working_copy import attached_files, working_envelope
from tests.procurement.applying import BEFORE, IDENTITY, attach, open_call, person, sealed_in, submitted
from tests.procurement.browsers import Browser
from workflow import clock
from workflow.models import AuditEvent

pytestmark = pytest.mark.django_db
FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def actor():
    clock.set_to(BEFORE)
    return person()


def browser(actor, *, forgetful: bool = True) -> Client:
    made = Browser(forgetful=forgetful)
    made.force_login(actor, backend="allauth.account.auth_backends.AuthenticationBackend")
    made.cookies["language"] = "en"
    return made


def address(name, application):
    return reverse(name, args=[application.reference])


def test_whoever_begins_sees_the_code_and_the_browser_keeps_it(actor):
    client, call = browser(actor), open_call()
    begun = client.post(reverse("application_start", args=[call.reference]))
    application = Application.objects.get()
    shown = client.get(begun.url).content.decode()
    code = re.search(r"(?:[0-9A-HJKMNP-TV-Z]{4}-){7}[0-9A-HJKMNP-TV-Z]{4}", shown)[0]
    cookie = client.cookies[f"appel_seal_{application.reference}"]
    assert (cookie.value, cookie["httponly"], cookie["samesite"], cookie["path"]) == (code, True, "Strict", "/")
    assert cookie["max-age"] > 60 * 24 * 3600
    assert code not in str(Application.objects.values().get())
    assert "Have you noted your access code?" in client.get(address("application", application)).content.decode()
    client.post(address("application_code_noted", application))
    assert "Have you noted" not in client.get(address("application", application)).content.decode()
    assert client.get(address("application_identity", application)).status_code == 200


def test_logging_out_takes_the_codes_along(actor):
    client = browser(actor)
    client.post(reverse("application_start", args=[open_call().reference]))
    application = Application.objects.get()
    client.post(reverse("account_logout"))
    assert client.cookies[f"appel_seal_{application.reference}"].value == ""


def test_another_device_asks_for_the_code_and_goes_on_where_one_was(actor):
    application = begin(call=open_call(), actor=actor, now=BEFORE)
    client, identity = browser(actor), address("application_identity", application)
    asked = client.get(identity)
    assert asked.url == f"{address('application_code', application)}?next={identity}"
    assert "Enter your access code" in client.get(asked.url).content.decode()
    wrong = client.post(asked.url, {"code": CODE.replace("D", "E"), "next": identity})
    assert "This is not the code of this application" in wrong.content.decode()
    right = client.post(asked.url, {"code": CODE.lower().replace("-", " ").replace("0", "O"), "next": identity})
    assert right.url == identity
    assert client.get(identity).status_code == 200


def test_what_needs_no_code_is_there_without_it(actor):
    application = submitted(open_call(), actor)
    client = browser(actor)
    assert application.call.reference in client.get(reverse("my_applications")).content.decode()
    shown = client.get(address("application", application)).content.decode()
    assert "What you wrote is locked." in shown
    number = application.submissions.get().receipt_number
    receipt = client.get(reverse("application_receipt", args=[application.reference, number])).content.decode()
    assert number in receipt
    assert "Enter your access code" in receipt
    assert "file.pdf" not in receipt
    client.post(address("application_withdrawal", application))
    assert Application.objects.get(pk=application.pk).state == "withdrawn"


def test_what_was_typed_waits_on_the_page_until_the_code_is_there(actor):
    application = begin(call=open_call(), actor=actor, now=BEFORE)
    client, identity = browser(actor), address("application_identity", application)
    typed = urlencode({**IDENTITY, "name": "Nadia Typed", "version": ""})
    refused = client.post(identity, typed, content_type=FORM)
    assert refused.status_code == 409
    kept = dict(re.findall(r'name="(typed:[^"]+|path|next)" value="([^"]*)"', refused.content.decode()))
    assert kept["typed:name"] == "Nadia Typed"
    answer = client.post(address("application_code", application), {**kept, "code": CODE})
    page = answer.content.decode()
    assert f'action="{identity}"' in page
    assert 'name="name" value="Nadia Typed"' in page
    client.post(identity, typed, content_type=FORM)
    assert working_envelope(unlocked(application), "technical").content["identity"]["name"] == "Nadia Typed"


def test_a_script_is_told_in_a_sentence(actor):
    application = begin(call=open_call(), actor=actor, now=BEFORE)
    answer = browser(actor).post(
        address("application_identity", application), IDENTITY, headers={"Accept": "application/json"}
    )
    assert (answer.status_code, answer.json()["reasons"][0]["code"]) == (409, "SUB-11")


def test_a_link_from_elsewhere_is_followed_once_more_so_that_the_browser_sends_the_code(actor):
    application = begin(call=open_call(), actor=actor, now=BEFORE)
    answer = browser(actor).get(address("application_identity", application), headers={"sec-fetch-site": "cross-site"})
    assert answer.status_code == 200
    assert '<meta http-equiv="refresh" content="0">' in answer.content.decode()


def test_the_code_of_another_application_opens_nothing(actor):
    one, other = (begin(call=open_call(), actor=actor, now=BEFORE) for _ in range(2))
    Application.objects.filter(pk=other.pk).update(key_check=one.key_check)  # even if somebody swapped the rows
    client = browser(actor, forgetful=False)
    assert client.get(address("application_identity", other)).status_code == 302


def test_without_the_code_one_begins_anew_and_what_was_submitted_stands(actor):
    application = submitted(open_call(), actor)
    submission = application.submissions.get()
    before = sealed_in(submission)
    client = browser(actor)
    assert "What you submitted stands." in client.get(address("application_code_renewal", application)).content.decode()
    made = client.post(address("application_code_renewal", application), follow=True).content.decode()
    assert "A new code is made." in made
    assert CODE not in made
    renewed = Application.objects.get(pk=application.pk)
    assert (renewed.state, renewed.key_check != application.key_check) == ("submitted", True)
    assert client.get(address("application_identity", renewed)).status_code == 200
    assert browser(actor, forgetful=False).get(address("application_identity", renewed)).status_code == 302
    assert list(submission.envelopes.values_list("kind", flat=True))
    assert before["technical"].written["identity"]["name"] == IDENTITY["name"]
    receipt = client.get(reverse("application_receipt", args=[application.reference, submission.receipt_number]))
    assert "locked with an older code" in receipt.content.decode()
    assert AuditEvent.objects.filter(act="renew_access").count() == 1


def test_beginning_anew_empties_the_working_copy(actor):
    application = begin(call=open_call(), actor=actor, now=BEFORE)
    save_identity(application=application, identity=IDENTITY, actor=actor, now=BEFORE)
    attach(application, "A1", actor)
    client = browser(actor)
    client.post(address("application_code_renewal", application))
    assert not application.documents.filter(removed_at=None).exists()
    assert application.envelopes.get(kind="technical").sealed is None
    assert "0 of 5 parts" in client.get(address("application", application)).content.decode()
    with pytest.raises(AssertionError):
        attached_files(unlocked(Application.objects.get(pk=application.pk)))
