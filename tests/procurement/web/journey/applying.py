"""Three experts apply: one at a desk, one on a phone, one without JavaScript; the receipt comes, and the deadline passes."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from procurement.models import Call
from tests.procurement.web.journey.drafting import DOCUMENTS, TITLE
from tests.procurement.web.journey.people import Journey, at_hour, settle, words

BACK = "Save and go back"
NUMBERS = {"E1": (40, "330", "700"), "E2": (40, "280", "600"), "E3": (40, "310", "400")}  # days, rate, expenses


def apply_at_a_desk(journey: Journey) -> None:
    """Every part saves itself, a file is sent as soon as it is chosen; withdrawn and submitted again before the deadline."""
    at_hour("2020-02-11T15:00")
    page = _begin(journey, "E1")
    _identity(journey, "E1")
    page = journey.follow("E1", "Price (days × rate + expenses)")
    _price(page, "E1")
    expect(page.locator("[data-answer='total']")).to_have_text(
        "13 900,00 €".replace(" ", "\u202f", 1).replace(" ", "\u00a0")
    )
    expect(page.locator("[data-saved-line]")).to_contain_text("Enregistré à")
    journey.press("E1", BACK)
    for code in ("A1", "A2", "B1"):
        journey.follow("E1", DOCUMENTS[code])
        page.locator("input[type=file]").set_input_files(journey.pdf(f"{code}-E1.pdf", "Luc Mercier"))
        expect(page.locator(".a-messages")).to_contain_text(f"{code}-E1.pdf")
        journey.press("E1", BACK)
    _submit(journey, "E1", "Submit my application")
    at_hour("2020-03-10T18:20")
    journey.at("E1", "/applications/")
    page = journey.follow("E1", TITLE)
    journey.follow("E1", "Withdraw my application")
    journey.press("E1", "Withdraw my application")
    _submit(journey, "E1", "Submit my application")


def apply_on_a_phone(journey: Journey) -> None:
    """A missing declaration is said on the page that checks the answers, and does not stop the submission."""
    page = _begin(journey, "E2", phone=True)
    _identity(journey, "E2")
    journey.follow("E2", "Price (days × rate + expenses)")
    _price(page, "E2")
    journey.press("E2", BACK)
    for code in ("A1", "B1"):
        journey.follow("E2", DOCUMENTS[code])
        page.locator("input[type=file]").set_input_files(journey.pdf(f"{code}-E2.pdf", "Nadia Ferhat"))
        expect(page.locator(".a-messages")).to_contain_text(f"{code}-E2.pdf")
        journey.press("E2", BACK)
    _submit(journey, "E2", "Submit my application")


def apply_without_javascript(journey: Journey) -> None:
    """The same pages, by plain forms: nothing is lost but the progress bar."""
    page = _begin(journey, "E3", javascript=False)
    _identity(journey, "E3")
    journey.follow("E3", "Price (days × rate + expenses)")
    _price(page, "E3")
    journey.press("E3", BACK)
    for code in ("A1", "A2", "B1"):
        journey.follow("E3", DOCUMENTS[code])
        page.locator("input[type=file]").set_input_files(journey.pdf(f"{code}-E3.pdf", "Samir Khelifi"))
        journey.press("E3", "Send the file")
        expect(page.locator(".a-messages")).to_contain_text(f"{code}-E3.pdf")
        journey.press("E3", BACK)
    _submit(journey, "E3", "Submit my application")


def let_the_deadline_pass(journey: Journey) -> None:
    """At the stroke nothing more is taken; the officer still sees neither a name nor a number."""
    at_hour("2020-03-12T17:00:00")
    assert Call.objects.get(reference=journey.reference).state == "closed"
    page = journey.at("officer", f"/calls/{journey.reference}/opening/")
    expect(page.locator("main")).to_contain_text(words("officer", "Sealed"))
    for name in ("Mercier", "Ferhat", "Khelifi"):
        expect(page.locator("main")).not_to_contain_text(name)


def _begin(journey: Journey, who: str, **window: bool) -> Page:
    """From the public list to the task list of an application, by way of the entrance and of the access code."""
    journey.arrive(who, **window)
    journey.follow(who, TITLE)
    journey.follow(who, "Apply")
    journey.log_in(who)
    journey.press(who, "Begin my application")
    return journey.press(who, "I have noted it")


def _identity(journey: Journey, who: str) -> None:
    page = journey.follow(who, "Identity and status")
    page.locator("#id_address").fill("12 rue de la Soif, Grenoble")
    page.locator("#id_country").fill("France")
    page.get_by_label(words(who, "Not registered, or exempt")).check()
    journey.press(who, BACK)


def _price(page: Page, who: str) -> None:
    for name, figure in zip(("days", "rate", "expenses"), NUMBERS[who], strict=True):
        page.locator(f"#id_{name}").fill(str(figure))


def _submit(journey: Journey, who: str, act: str) -> None:
    journey.follow(who, "Check my answers")
    page = journey.press(who, act)
    expect(page.get_by_role("heading", level=1)).to_have_text(words(who, "Your application is submitted"))
    settle()
    page.reload()
    with page.expect_download() as received:
        page.get_by_role("link", name=words(who, "Download the receipt (Word)")).click()
    assert received.value.suggested_filename.endswith(".docx")
