"""Who may send a file part by part, when, and how much: nothing of the others is taken, nobody else sees it."""

from __future__ import annotations

from typing import Any

import pytest

from procurement.models import Application, Upload
from tests.procurement.applying import AFTER, PDF, person
from tests.procurement.browsers import Browser
from tests.procurement.price_browser import offer
from tests.procurement.uploads.sending import (
    BIG,
    HEADERS,
    PART,
    attach,
    begin,
    begun,
    offset_of,
    send_part,
)
from workflow import clock

pytestmark = pytest.mark.django_db


def test_nobody_else_sees_it(client: Browser, draft: Application) -> None:
    address = begun(client, draft)
    rival = Browser()
    rival.force_login(person("Yanis Rival"), backend="allauth.account.auth_backends.AuthenticationBackend")
    for other, status in ((rival, 404), (Browser(), 401)):
        assert other.head(address, headers=HEADERS).status_code == status
        assert send_part(other, address, BIG[:PART], offset=0).status_code == status
        assert other.delete(address, headers=HEADERS).status_code == status
        assert attach(other, address).status_code == status
    stranger = Browser(forgetful=True)  # the same person, without the code
    stranger.force_login(draft.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert stranger.head(address, headers=HEADERS).status_code == 409
    assert offset_of(client, address) == 0


def test_a_forged_request_writes_nothing(draft: Application, client: Browser) -> None:
    address = begun(client, draft)
    strict = Browser(enforce_csrf_checks=True)
    strict.force_login(draft.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert begin(strict, draft, name="x.pdf", length=9).status_code == 403
    assert send_part(strict, address, BIG[:PART], offset=0).status_code == 403
    assert strict.delete(address, headers=HEADERS).status_code == 403


def test_after_the_deadline_no_part_is_taken(client: Browser, draft: Application) -> None:
    address = begun(client, draft)
    clock.set_to(AFTER)
    said = send_part(client, address, BIG[:PART], offset=0)
    assert (said.status_code, said.json()["reasons"][0]["code"]) == (422, "SUB-03")
    assert begin(client, draft, name="x.pdf", length=9).status_code == 422


@pytest.mark.parametrize(("length", "status", "code"), [(0, 422, "FIL-01"), (101 * 1024 * 1024, 413, "FIL-02")])
def test_a_file_that_cannot_be_accepted_does_not_begin(
    client: Browser, draft: Application, length: int, status: int, code: str
) -> None:
    said = begin(client, draft, name="x.pdf", length=length)
    assert (said.status_code, said.json()["reasons"][0]["code"]) == (status, code)
    assert not Upload.objects.exists()


def test_the_application_has_a_quota_and_few_uploads_at_once(
    client: Browser, draft: Application, settings: Any
) -> None:
    settings.UPLOAD_QUOTA_BYTES = 3 * PART
    begun(client, draft)
    said = begin(client, draft, name="x.pdf", length=2 * PART)
    assert (said.status_code, said.json()["reasons"][0]["code"]) == (413, "UPL-02")
    settings.UPLOADS_AT_ONCE = 1
    said = begin(client, draft, name="x.pdf", length=9)
    assert (said.status_code, said.json()["reasons"][0]["code"]) == (422, "UPL-01")


def test_a_price_that_a_browser_seals_is_refused_before_a_byte_of_it_is_sent(
    client: Browser, draft: Application
) -> None:
    assert begin(client, draft, name="prix.pdf", length=len(PDF), code="B1").status_code == 201
    offer(draft.call, "browser")
    said = begin(client, draft, name="prix.pdf", length=len(PDF), code="B1")
    assert (said.status_code, said.json()["reasons"][0]["code"]) == (422, "BRO-04")
    assert Upload.objects.count() == 1
