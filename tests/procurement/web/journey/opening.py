"""The quorum opens the envelopes, everybody declares, the documents are checked and one file is completed."""

from __future__ import annotations

from playwright.sync_api import expect

from procurement.demo.keys import PASSPHRASE
from procurement.models import Call
from tests.procurement.web.journey.drafting import SEATS
from tests.procurement.web.journey.people import Journey, at_hour, settle, words

IN_ORDER = "All that is still to check is in order"


def open_the_technical_envelopes(journey: Journey) -> None:
    """The secretary starts the session, two key holders come, and only then the names are read."""
    at_hour("2020-03-13T10:00")
    page = journey.begin("secretary", "Start the opening session")
    expect(page.locator("[aria-disabled=true]")).to_have_text(words("secretary", "Open the technical envelopes"))
    journey.press("secretary", "Start the session")
    settle()
    for holder in ("chair", "V1"):
        journey.begin(holder, "Confirm your presence at the opening")
        journey.press(holder, "Confirm my presence")
        release_pieces(journey, holder)
    journey.begin("secretary", "Open the technical envelopes")
    journey.press("secretary", "Open the technical envelopes")
    settle()
    page = journey.follow("secretary", "List of applicants")
    for name in ("Luc Mercier", "Nadia Ferhat", "Samir Khelifi"):
        expect(page.locator("main")).to_contain_text(name)
    for who in ("chair", "secretary"):
        journey.begin(who, "Sign the opening report")
        journey.press(who, "Sign the report")


def release_pieces(journey: Journey, holder: str) -> None:
    """A key holder opens their key with the passphrase, and the browser releases their pieces."""
    page = journey.as_(holder)
    page.locator("#own-passphrase").fill(PASSPHRASE)
    with page.expect_navigation(timeout=60_000):
        page.get_by_role("button", name=words(holder, "Release my pieces")).click()
    expect(page.locator("#own-passphrase")).to_have_count(0, timeout=60_000)


def declare_impartiality(journey: Journey) -> None:
    """Each member signs for this very list before anything can be read."""
    for who in SEATS:
        page = journey.begin(who, "Declare your impartiality")
        page.locator("input[name=answer][value=none]").check()
        journey.press(who, "Sign my declaration")
    settle()


def check_the_documents(journey: Journey) -> None:
    """What is missing is asked for once, sent by the applicant in time, and every file is decided."""
    at_hour("2020-03-16T10:00")
    journey.begin("chair", "Begin the compliance check")
    journey.press("chair", "Begin the compliance check")
    journey.begin("secretary", "Check the documents")
    for label in ("E1", "E3"):
        journey.follow("secretary", label)
        journey.press("secretary", IN_ORDER)
        _decide(journey)
    page = journey.follow("secretary", "E2")
    expect(page.locator("#item-A2")).to_contain_text(words("secretary", "Missing"))
    journey.press("secretary", "Send the request")
    settle()
    journey.begin("E2", "Complete your file: documents are asked of you.")
    page = journey.as_("E2")
    page.locator("input[type=file]").set_input_files(journey.pdf("declaration.pdf", "Nadia Ferhat"))
    expect(page.locator(".a-messages")).to_contain_text("declaration.pdf")
    journey.press("E2", "Send these documents to the committee")
    settle()
    journey.begin("secretary", "Check the documents")
    journey.follow("secretary", "E2")
    page.wait_for_load_state()
    journey.as_("secretary").locator("#item-A2 select").select_option("ok")
    journey.press("secretary", "Save the check")
    journey.press("secretary", IN_ORDER)
    _decide(journey)
    journey.begin("chair", "Hand over to the evaluators")
    journey.press("chair", "Hand over to the evaluators")
    settle()
    assert Call.objects.get(reference=journey.reference).state == "evaluation"


def _decide(journey: Journey) -> None:
    page = journey.as_("secretary")
    page.locator("input[name=decision][value=compliant]").check()
    journey.press("secretary", "Decide")
