"""Files that answer a request of the committee arrive part by part too, without the access code, in the window alone."""

from __future__ import annotations

from base64 import b64encode
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from procurement.actions.answer_completion import answer_completion
from procurement.models import Application, Call, CompletionRequest, Document, Upload
from procurement.queries.uploads import kept_bytes
from procurement.sealing import sealed_size
from tests.procurement.applying import AFTER, PDF, ask_to_complete, attach, open_call, person, submitted
from tests.procurement.browsers import Browser
from tests.procurement.uploads.sending import HEADERS, offset_of, send_all, send_part
from tests.procurement.uploads.sending import attach as attach_arrived
from workflow import clock, outbox

pytestmark = pytest.mark.django_db
PART = 8 * 1024 * 1024
BIG = PDF + b"%" + b"0123456789abcdef" * (PART // 16) + b"\n%%EOF\n"
NOW, DUE = AFTER + timedelta(hours=1), AFTER + timedelta(hours=48)


@pytest.fixture
def asked(db: None) -> CompletionRequest:
    sent = submitted(open_call(), person())
    Call.objects.filter(pk=sent.call_id).update(opened_at=AFTER)
    clock.set_to(NOW)
    return ask_to_complete(Application.objects.get(pk=sent.pk), "A5", due=DUE)


@pytest.fixture
def client(asked: CompletionRequest) -> Browser:
    browser = Browser(forgetful=True)  # what answers comes after the opening: nobody asks for the access code
    browser.force_login(asked.application.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    browser.cookies["language"] = "en"
    return browser


def begin(client: Browser, asked: CompletionRequest, *, length: int = len(BIG), code: str = "A5") -> Any:
    address = reverse("application_completion_uploads", args=[asked.application.reference, code])
    named = "filename " + b64encode("Déclaration.pdf".encode()).decode()
    return client.post(address, headers={**HEADERS, "Upload-Length": str(length), "Upload-Metadata": named})


def test_an_answer_arrives_in_two_parts_and_goes_on_after_a_lost_line(
    client: Browser, asked: CompletionRequest
) -> None:
    page = reverse("application_completion", args=[asked.application.reference])
    assert "/completion/A5/uploads/" in client.get(page).content.decode()
    address = str(begin(client, asked)["Location"])
    assert send_part(client, address, BIG[:PART], offset=0).status_code == 204
    assert "is not whole" in client.get(page).content.decode()
    assert offset_of(client, address) == PART
    assert kept_bytes(asked.application, completion=asked) == sealed_size(len(BIG))
    send_all(client, address, BIG, size=PART)
    assert attach_arrived(client, address).json() == {"url": page}
    assert attach_arrived(client, address).json() == {"url": page}  # the answer was lost: the same again

    document = Document.objects.get(completion=asked)
    assert (document.name, document.size, bool(document.file_key)) == ("Déclaration.pdf", len(BIG), True)
    back = client.get(f"/applications/{asked.application.reference}/files/{document.file_id}/")
    assert b"".join(back.streaming_content) == BIG
    assert not Upload.objects.exists()
    answer_completion(application=asked.application, actor=asked.application.user, now=NOW)


def test_only_what_was_asked_in_its_window_and_until_the_answer(client: Browser, asked: CompletionRequest) -> None:
    def code_of(said: Any) -> str:
        return str(said.json()["reasons"][0]["code"])

    assert code_of(begin(client, asked, code="A1")) == "CPL-03"
    address = str(begin(client, asked)["Location"])
    clock.set_to(DUE + timedelta(seconds=1))
    assert code_of(begin(client, asked)) == "CPL-01"
    late = send_part(client, address, BIG[:PART], offset=0)
    assert (late.status_code, code_of(late)) == (422, "CPL-01")
    clock.set_to(NOW)
    attach(asked.application, "A5", asked.application.user, completion=asked, now=NOW)
    answer_completion(application=asked.application, actor=asked.application.user, now=NOW)
    assert not Upload.objects.exists()  # what was not whole was not sent
    outbox.deliver_waiting()
    assert code_of(begin(client, asked)) == "CPL-02"


def test_for_others_and_without_a_request_there_is_nothing(client: Browser, asked: CompletionRequest) -> None:
    rival = Browser()
    rival.force_login(person("Yanis Rival"), backend="allauth.account.auth_backends.AuthenticationBackend")
    assert begin(rival, asked).status_code == 404
    address = str(begin(client, asked)["Location"])
    assert rival.head(address, headers=HEADERS).status_code == 404
    CompletionRequest.objects.all().delete()
    assert begin(client, asked).status_code == 404
    assert not Upload.objects.exists()
