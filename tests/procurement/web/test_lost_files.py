"""F6: the store said yes, and the object is missing or another one: the applicant learns of it before they submit."""

from __future__ import annotations

from html import unescape
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.test import Client
from django.urls import reverse

from procurement.models import Application, Document, Submission
from procurement.queries import kept_files
from tests.faults.applicants import browser_of
from tests.procurement.applying import BEFORE, attach, complete_application, open_call, person
from tests.procurement.price_browser import PriceBrowser, offer
from tests.store_away import WAYS, store_away
from workflow import clock

pytestmark = pytest.mark.django_db
LOST = "cannot be read back as you sent it: remove it and send it again."
KEY = "k" * 32


@pytest.fixture(autouse=True)
def patient(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait for the store of the tests: on a busy machine a second is soon over."""
    settings.STORAGES = {**settings.STORAGES, "impatient": settings.STORAGES["default"]}
    monkeypatch.setattr(kept_files, "PATIENCE", 60)


@pytest.fixture
def application() -> Application:
    clock.set_to(BEFORE)
    return complete_application(open_call(), person())


@pytest.fixture
def client(application: Application) -> Client:
    return browser_of(application)


def page_of(client: Client, application: Application) -> str:
    answer = client.get(reverse("application_check", args=[application.reference]))
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def offered(text: str) -> bool:
    assert "Submit my application" in text
    return 'aria-disabled="true"' not in text


def document(application: Application, code: str = "A1") -> Document:
    return application.documents.select_related("file").get(requirement__code=code, removed_at=None)


def put(one: Document, content: bytes | None) -> None:
    """Put something in the place of the one part of a file, or nothing."""
    name = f"files/{one.file_id.hex[:2]}/{one.file_id.hex}/00000"
    storages["default"].delete(name)
    if content is not None:
        storages["default"].save(name, ContentFile(content))


@pytest.mark.parametrize("content", [None, b"another one", b""])
def test_a_file_that_is_missing_or_another_one_is_named_before_the_submission(
    client: Client, application: Application, content: bytes | None
) -> None:
    assert offered(page_of(client, application))
    put(document(application), content)
    shown = page_of(client, application)
    assert f"A1 file.pdf {LOST}" in shown
    assert shown.count(LOST) == 1
    assert not offered(shown)

    removal = reverse("application_file_removal", args=[application.reference, document(application).file_id])
    client.post(removal)
    attach(application, "A1", application.user)
    assert offered(page_of(client, application))


@pytest.mark.parametrize("way", WAYS)
def test_a_store_that_is_away_hides_no_button_and_is_asked_once(
    client: Client, application: Application, settings: Any, way: str
) -> None:
    put(document(application), None)
    with store_away(settings, way) as proxy:
        assert offered(page_of(client, application))
        assert len(proxy.open) <= 2  # one request, tried twice at most
        assert (
            client.post(reverse("application_submission", args=[application.reference]), {"key": KEY}).status_code
            == 302
        )
    assert Submission.objects.count() == 1


def test_what_is_longer_than_one_page_may_read_is_not_read(
    client: Client, application: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = sorted((document(application, code) for code in ("A1", "B1")), key=lambda one: one.file.size)
    put(second, None)
    assert not offered(page_of(client, application))
    monkeypatch.setattr(kept_files, "AT_ONCE", first.file.size)
    assert offered(page_of(client, application))
    put(first, None)
    assert not offered(page_of(client, application))


def test_nobody_is_told_to_send_again_what_can_no_longer_be_sent(client: Client, application: Application) -> None:
    client.post(reverse("application_submission", args=[application.reference]), {"key": KEY})
    put(document(application), None)
    assert LOST not in page_of(client, application)


def test_a_file_that_a_browser_sealed_is_named_by_what_it_answers() -> None:
    clock.set_to(BEFORE)
    call, actor = open_call(), person()
    offer(call)
    application = complete_application(call, actor)
    PriceBrowser(application, actor).begin()
    client = browser_of(application)
    assert LOST not in page_of(client, application)
    put(application.documents.select_related("file").get(sealed_in="browser"), b"another one")
    assert f"B1 {LOST}" in page_of(client, application)
