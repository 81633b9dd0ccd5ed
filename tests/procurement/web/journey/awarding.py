"""From the signed report to the archive: proposal, decision, letters read and sent, standstill, contract, notice."""

from __future__ import annotations

from playwright.sync_api import expect

from procurement.models import Call
from tests.procurement.web.journey.drafting import TITLE
from tests.procurement.web.journey.judging import MARKS
from tests.procurement.web.journey.people import Journey, at_hour, settle, words


def propose_and_decide(journey: Journey) -> None:
    """The report is signed, one signature with a dissent; the authority decides with reasons."""
    at_hour("2020-03-26T10:00")
    journey.begin("secretary", "Write the evaluation report")
    journey.press("secretary", "Write the evaluation report")
    settle()
    for who in MARKS:
        page = journey.begin(who, "Sign the evaluation report")
        if who == "V2":
            page.locator("summary").filter(has_text=words(who, "Sign with a dissenting opinion")).click()
            page.locator("#id_dissent").fill("L’écart tient à la règle de prix publiée.")
        journey.press(who, "Sign the report")
    journey.begin("chair", "Propose the award")
    journey.press("chair", "Propose the award to the authority")
    settle()
    at_hour("2020-03-27T11:00")
    page = journey.begin("authority", "Decide the award")
    expect(page.locator("main")).to_contain_text("Nadia Ferhat")
    page.locator("#id_reasons").fill("The first of the ranking by the published rules.")
    journey.press("authority", "Decide the award")
    settle()


def send_the_letters(journey: Journey) -> None:
    """One letter an applicant, each read before it goes; all of them leave in one act."""
    journey.begin("officer", "Draft, read and send the letters")
    journey.press("officer", "Draft the letters")
    for label in ("E1", "E2", "E3"):
        journey.at("officer", f"/calls/{journey.reference}/letters/to/{label}/")
        journey.press("officer", "Read and approved")
    journey.at("officer", f"/calls/{journey.reference}/letters/")
    journey.follow("officer", "Send all the letters")
    journey.press("officer", "Send all the letters")
    settle()
    page = journey.at("E3", "/applications/")
    page = journey.follow("E3", TITLE)
    expect(page.locator("main")).to_contain_text(words("E3", "Letter received"))


def finish_the_standstill(journey: Journey) -> None:
    """Ten full days after the letters the award is final and its notice public."""
    at_hour("2020-04-06T23:59")
    assert Call.objects.get(reference=journey.reference).state == "standstill"
    at_hour("2020-04-07T00:00:01")
    assert Call.objects.get(reference=journey.reference).state == "awarded"
    journey.arrive("visitor", "/awards/")
    page = journey.follow("visitor", TITLE)
    expect(page.locator("main")).to_contain_text("Nadia Ferhat")
    expect(page.locator("main")).not_to_contain_text("Samir Khelifi")


def record_the_contract_and_archive(journey: Journey) -> None:
    """The signed contract, then the index of every paper; the auditor reads the closed file and its log."""
    at_hour("2020-04-14T10:00")
    page = journey.begin("officer", "Record the contract")
    page.locator("#id_signed_on").fill("2020-04-14")
    page.locator("#id_amount").fill("11800")
    page.locator("#id_file").set_input_files(journey.pdf("contrat.pdf", "Signé."))
    journey.press("officer", "Record the contract")
    journey.begin("officer", "Write the index and archive the file")
    journey.press("officer", "Write the index")
    settle()
    journey.begin("officer", "Write the index and archive the file")
    journey.press("officer", "Archive the file")
    settle()
    for page_of_file in ("", "papers/", "ranking/", "award/", "letters/", "log/", "archive/"):
        journey.at("auditor", f"/calls/{journey.reference}/{page_of_file}")
    assert Call.objects.get(reference=journey.reference).state == "archived"
