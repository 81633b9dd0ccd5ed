"""The quota of an application: one for every way on which a file comes, and for two that come together."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from procurement.actions.begin_upload import begin_upload
from procurement.actions.remove_document import remove_document
from procurement.demo.codes import begin
from procurement.models import Application, Call, Document, Upload
from procurement.queries.uploads import kept_bytes
from procurement.sealing import sealed_size
from tests.procurement.applying import AFTER, BEFORE, PDF, ask_to_complete, attach, open_call, person, submitted
from tests.procurement.browsers import Browser
from tests.procurement.price_browser import PriceBrowser, offer
from tests.procurement.together import at_once, done, refusals
from tests.procurement.uploads.sending import attach as attach_arrived
from tests.procurement.uploads.sending import begin as begin_to_send
from tests.procurement.uploads.sending import send_all
from workflow import clock
from workflow.refusals import Refused

pytestmark = pytest.mark.django_db
ONE = sealed_size(len(PDF))  # every small file takes the same
PART = 8 * 1024 * 1024


@pytest.fixture
def actor() -> User:
    clock.set_to(BEFORE)
    return person()


@pytest.fixture
def draft(actor: User) -> Application:
    return begin(call=open_call(), actor=actor, now=BEFORE)


def refused(code: str) -> Any:
    return pytest.raises(Refused, match=code)


def test_a_plain_form_stops_where_the_store_of_an_application_ends(
    draft: Application, actor: User, settings: Any
) -> None:
    settings.UPLOAD_QUOTA_BYTES = 2 * ONE
    attach(draft, "A1", actor)
    attach(draft, "A5", actor)
    with refused("UPL-02"):
        attach(draft, "A5", actor)
    assert kept_bytes(draft) == 2 * ONE


def test_what_is_taken_out_again_is_still_stored_and_counts(draft: Application, actor: User, settings: Any) -> None:
    settings.UPLOAD_QUOTA_BYTES = ONE
    remove_document(document=attach(draft, "A1", actor).row, actor=actor, now=BEFORE)
    with refused("UPL-02"):
        attach(draft, "A1", actor)


def test_a_browser_that_seals_has_no_more_than_the_others(draft: Application, actor: User, settings: Any) -> None:
    offer(draft.call)
    attach(draft, "A1", actor)
    settings.UPLOAD_QUOTA_BYTES = 2 * ONE
    browser = PriceBrowser(draft, actor).begin()
    with refused("UPL-02"):
        browser.attach("B1", PDF)
    assert Document.objects.filter(application=draft).count() == 2


def test_what_is_still_arriving_counts_as_if_it_were_here(draft: Application, actor: User, settings: Any) -> None:
    asked = draft.call.requirements.get(code="A1")
    settings.UPLOAD_QUOTA_BYTES = ONE
    begin_upload(application=draft, requirement=asked, name="a.pdf", length=len(PDF), actor=actor, now=BEFORE)
    with refused("UPL-02"):
        attach(draft, "A1", actor)


def test_what_began_within_the_quota_is_attached_within_it(draft: Application, actor: User, settings: Any) -> None:
    settings.UPLOAD_QUOTA_BYTES = ONE
    client = Browser()
    client.force_login(actor, backend="allauth.account.auth_backends.AuthenticationBackend")
    address = str(begin_to_send(client, draft, name="a.pdf", length=len(PDF))["Location"])
    send_all(client, address, PDF, size=PART)
    assert attach_arrived(client, address).status_code == 200
    assert kept_bytes(draft) == ONE


@given(size=st.integers(1, 40 * 1024 * 1024))
def test_a_sealed_file_never_takes_less_than_what_it_is(size: int) -> None:
    assert size < sealed_size(size) <= size * 1.13 + 200_000


def test_the_answer_to_a_request_has_a_quota_of_its_own(actor: User, settings: Any) -> None:
    sent = submitted(open_call(), actor)
    Call.objects.filter(pk=sent.call_id).update(opened_at=AFTER)
    asked = ask_to_complete(sent, "A5", due=AFTER + timedelta(hours=48))
    settings.UPLOAD_QUOTA_BYTES = ONE  # what was submitted takes more already
    now = AFTER + timedelta(hours=1)
    attach(sent, "A5", actor, completion=asked, now=now)
    with refused("UPL-06"):
        attach(sent, "A5", actor, completion=asked, now=now)


@pytest.mark.django_db(transaction=True)
def test_of_two_files_that_come_together_one_is_taken(draft: Application, actor: User, settings: Any) -> None:
    settings.UPLOAD_QUOTA_BYTES = ONE
    asked = draft.call.requirements.get(code="A1")

    def send_whole() -> Any:
        return attach(draft, "A1", actor)

    def send_in_parts() -> Any:
        return begin_upload(
            application=draft, requirement=asked, name="b.pdf", length=len(PDF), actor=actor, now=BEFORE
        )

    answers = at_once(send_whole, send_in_parts, send_whole, send_in_parts)

    assert refusals(answers) == [Refused] * 3
    assert done("attach_document") + done("begin_upload") == 1
    assert Document.objects.count() + Upload.objects.count() == 1
