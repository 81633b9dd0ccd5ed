"""What an applicant typed, read back from a submission: a page, a file that the receipt proves, a paper."""

from __future__ import annotations

import json
from io import BytesIO
from typing import Any

import pytest
from django.urls import reverse
from docx import Document

from procurement.actions.save_part import save_identity
from procurement.demo.codes import unlocked
from procurement.models import Application
from procurement.sealing import commitment
from procurement.sealing.form import form_digest
from procurement.sealing.verify_receipt import Bad, verify
from tests.procurement.applying import BEFORE, IDENTITY, complete_application, open_call, person, submit
from tests.procurement.browsers import Browser
from tests.procurement.price_browser import PriceBrowser, offer
from workflow import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def application() -> Application:
    clock.set_to(BEFORE)
    return complete_application(open_call(), person())


def ask(application: Application, name: str, number: str, *, forgetful: bool = False) -> Any:
    browser = Browser(forgetful=forgetful)
    browser.force_login(application.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    browser.cookies["language"] = "en"
    return browser.get(reverse(name, args=[application.reference, number]))


def test_the_page_shows_what_was_submitted_and_not_what_came_after(application: Application) -> None:
    number = submit(application, application.user).receipt_number
    later = {**IDENTITY, "name": "Nadia Changed"}
    save_identity(application=unlocked(application), identity=later, actor=application.user, now=BEFORE)
    page = ask(application, "application_forms", number).content.decode()
    assert "Nadia Ferhat" in page
    assert "Nadia Changed" not in page
    assert "€13,900.00" in page
    assert "no-store" in ask(application, "application_forms", number)["Cache-Control"]


def test_the_file_is_proved_by_the_signed_receipt(application: Application) -> None:
    number = submit(application, application.user).receipt_number
    given = json.loads(ask(application, "application_forms_json", number).content)
    told = json.loads(ask(application, "application_receipt_signed", number).content)["receipt"]
    assert (given["format"], given["receipt"]) == ("appel-forms/v1", number)
    promised = {one["envelope"]: one["commitment"] for one in told["forms"]}
    assert set(promised) == {"technical", "financial"}
    for one in given["forms"]:
        assert one["sha256"] == form_digest(one["written"])
        assert commitment(bytes.fromhex(one["salt"]), one["sha256"]) == promised[one["envelope"]]
        assert one["salt"] not in json.dumps(told)
        assert one["sha256"] not in json.dumps(told)  # a price could be tried out against it


def test_the_verifier_holds_what_was_typed_to_the_receipt(application: Application) -> None:
    number = submit(application, application.user).receipt_number
    given = ask(application, "application_forms_json", number).content.decode()
    told = ask(application, "application_receipt_signed", number).content.decode()
    lines, _ends = verify(told, keys=[], files=[], forms=[given])
    assert "  what was typed in the financial envelope is as it was sealed" in lines
    for wrong in (given.replace('"300"', '"301"'), given.replace(number, "AR-0000-0000"), "[]"):
        with pytest.raises(Bad):
            verify(told, keys=[], files=[], forms=[wrong])


def test_the_paper_opens_in_word(application: Application) -> None:
    number = submit(application, application.user).receipt_number
    answer = ask(application, "application_forms_word", number)
    document = Document(BytesIO(answer.content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert {"Nadia Ferhat", number, "€300.00"} <= set(cells)
    assert answer["Content-Disposition"] == f'attachment; filename="{number}.forms.docx"'


def test_without_the_code_it_is_asked_for(application: Application) -> None:
    number = submit(application, application.user).receipt_number
    for name in ("application_forms", "application_forms_json", "application_forms_word"):
        assert "/code/" in ask(application, name, number, forgetful=True).url


def test_a_price_from_a_browser_is_not_here_and_its_promise_is_in_the_receipt(application: Application) -> None:
    offer(application.call)
    application = unlocked(Application.objects.select_related("call").get(pk=application.pk))
    browser = PriceBrowser(application, application.user).begin()
    number = submit(application, application.user, prepared=browser.prepared()).receipt_number
    given = json.loads(ask(application, "application_forms_json", number).content)
    assert [one["envelope"] for one in given["forms"]] == ["technical"]
    told = json.loads(ask(application, "application_receipt_signed", number).content)["receipt"]
    assert {one["envelope"] for one in told["forms"]} == {"technical", "financial"}
