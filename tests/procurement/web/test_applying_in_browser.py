"""An application from the first word to the receipt, in a real browser; what is typed survives a session that ends."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from accounts.models import User
from procurement.demo.codes import CODE, begin
from procurement.models import Application, Submission
from procurement.models.working_copy import working_envelope
from procurement.web.access import PREFIX
from tests.live_browser import accessibility_faults
from tests.procurement.applying import (
    AFTER,
    BEFORE,
    PDF,
    ask_to_complete,
    complete_application,
    give_keys,
    open_call,
    person,
    submit,
)
from workflow import clock

pytestmark = pytest.mark.django_db(transaction=True)


def session_of(user: User) -> dict[str, str]:
    """Return the cookie of a session opened for somebody."""
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return {"name": "appel_session", "value": session.session_key or ""}


def entered(live_browser: Any, user: User, **options: Any) -> Any:
    """Return a page of a browser in which somebody is logged in, and began their applications."""
    page = live_browser.page(language="en", **options)
    codes = [{"name": f"{PREFIX}{one.reference}", "value": CODE} for one in Application.objects.filter(user=user)]
    page.context.add_cookies([{**one, "url": live_browser.address} for one in (session_of(user), *codes)])
    return page


@pytest.fixture
def actor(transactional_db: None) -> User:
    clock.set_to(BEFORE)
    return person()


def pdf(folder: Path, name: str, content: bytes = PDF) -> str:
    (folder / name).write_bytes(content)
    return str(folder / name)


def test_the_whole_way(live_browser: Any, actor: User, tmp_path: Path) -> None:
    call = open_call()
    give_keys(call)
    draft = begin(call=call, actor=actor, now=clock.now())
    page, home = entered(live_browser, actor), f"/applications/{draft.reference}/"
    page.goto(f"{home}identity/")
    page.get_by_label("Address").fill("12 rue de la Soif")
    page.get_by_label("Country").fill("France")
    page.get_by_label("Not registered, or exempt").check()
    expect(page.locator("[data-saved-line]")).to_contain_text("Saved at 17:0")
    page.get_by_label("Country").fill("Liban")
    page.get_by_role("button", name="Save and go back").click()
    page.get_by_role("link", name="Price (days × rate + expenses)", exact=True).click()
    page.get_by_label("Days").fill("40")
    page.get_by_label("Daily rate").fill("300")
    expect(page.locator("[data-answer='total']")).to_have_text("€12,000.00")
    page.get_by_role("button", name="Save and go back").click()
    for code in ("A1", "B1"):
        page.goto(f"{home}documents/{code}/")
        page.locator("input[type=file]").set_input_files(pdf(tmp_path, "wrong.pdf", b"MZ"))
        expect(page.locator("[data-upload-errors]")).to_contain_text("“wrong.pdf” is none of the formats")
        page.locator("input[type=file]").set_input_files(pdf(tmp_path, f"{code}.pdf"))
        expect(page.locator(".a-messages")).to_contain_text(f"“{code}.pdf” was received.")
    page.goto(home)
    page.get_by_role("link", name="Check my answers").click()
    page.get_by_role("button", name="Submit my application").dblclick()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your application is submitted")
    assert Submission.objects.count() == 1
    assert Application.objects.get().state == "submitted"


def test_a_fault_goes_once_its_field_is_in_order(live_browser: Any, actor: User) -> None:
    draft = begin(call=open_call(), actor=actor, now=clock.now())
    page = entered(live_browser, actor)
    page.goto(f"/applications/{draft.reference}/price/")
    page.get_by_label("Days").fill("forty")
    page.get_by_label("Daily rate").fill("hundreds")
    page.get_by_role("button", name="Save and go back").click()
    expect(page.locator(".a-error-summary li")).to_have_count(2)
    page.get_by_label("Days").fill("40")
    expect(page.locator(".a-error-summary li")).to_have_count(1)
    expect(page.locator(".a-field.is-wrong")).to_have_count(1)
    page.get_by_label("Daily rate").fill("300")
    expect(page.locator(".a-error-summary")).to_have_count(0)
    expect(page.get_by_label("Daily rate")).not_to_have_attribute("aria-invalid", "true")


def test_two_windows_and_a_session_that_ends(live_browser: Any, actor: User) -> None:
    draft = begin(call=open_call(), actor=actor, now=clock.now())
    address = f"/applications/{draft.reference}/documents/A1/"
    first = entered(live_browser, actor)
    first.goto(address)
    second = first.context.new_page()
    second.goto(address)
    first.get_by_label("Note to the committee").fill("From the first window.")
    expect(first.locator("[data-saved-line]")).to_contain_text("Saved at")
    second.get_by_label("Note to the committee").fill("From the second window.")
    expect(second.locator("[data-saved-line]")).to_contain_text("changed in another window")
    second.get_by_role("button", name="Save and go back").click()
    expect(second.locator(".a-notice--warn")).to_contain_text("From the first window.")
    expect(second.get_by_label("Note to the committee")).to_have_value("From the second window.")
    Session.objects.all().delete()
    first.get_by_label("Note to the committee").fill("Written without a session.")
    expect(first.locator("[data-saved-line]")).to_contain_text("your session has ended")
    first.context.add_cookies([{**session_of(actor), "url": live_browser.address}])
    first.goto(address)
    expect(first.locator("[data-saved-line]")).to_contain_text("Saved at")
    assert working_envelope(draft, "technical").content["notes"] == {"A1": "Written without a session."}


def test_a_file_that_is_too_large_is_refused_before_it_is_sent(
    live_browser: Any, actor: User, tmp_path: Path, settings: Any
) -> None:
    settings.UPLOAD_MAX_BYTES = 1024 * 1024
    draft = begin(call=open_call(), actor=actor, now=clock.now())
    page = entered(live_browser, actor)
    page.goto(f"/applications/{draft.reference}/documents/A1/")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.method))
    page.locator("input[type=file]").set_input_files(pdf(tmp_path, "gros.pdf", PDF + b"x" * 1024 * 1024))
    expect(page.locator("[data-upload-errors]")).to_have_text("“gros.pdf” is larger than 1 MB.")
    assert "POST" not in sent


@pytest.mark.parametrize("phone", [False, True])
def test_pages_are_accessible_and_fit(live_browser: Any, actor: User, phone: bool) -> None:
    application = complete_application(open_call(), actor)
    page, home = entered(live_browser, actor, phone=phone), f"/applications/{application.reference}/"
    receipt = f"receipt/{submit(application, actor).receipt_number}/"
    ask_to_complete(application, "A5", due=AFTER)
    parts = [
        "",
        "code/",
        "code/renewal/",
        "identity/",
        "price/",
        "documents/A1/",
        "check/",
        "withdrawal/",
        "completion/",
        receipt,
    ]
    for address in ["/applications/", *(home + part for part in parts)]:
        page.goto(address)
        assert accessibility_faults(page) == [], address
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
