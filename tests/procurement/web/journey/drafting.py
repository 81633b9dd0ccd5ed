"""The officer writes the call and seats a committee; a second person approves; it is published."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from procurement.demo.cast import address_of
from procurement.demo.keys import make_key
from procurement.models import KeyHolder
from tests.procurement.web.journey.people import Journey, at_hour, settle, words
from workflow import clock

BACK = "Save and go back to the list"
TITLE = "Appel d’offres pour le recrutement d’un(e) expert(e) : profil migratoire de la Ville de Grenoble"
SEATS = {"chair": "chair", "secretary": "secretary", "V1": "evaluator", "V2": "evaluator"}
DOCUMENTS = {"A1": "Note méthodologique", "A2": "Déclaration sur l’honneur", "B1": "Offre financière signée"}
PARTS = {
    "Identity and languages": {"theme": "Migration", "country": "France", "place": "Grenoble"},
    "Budget and ceiling": {"ceiling_amount": "14000", "person_days": "40"},
    "Terms of reference": {
        "context_fr": "La Ville prépare une carte de citoyenneté ouverte à tous.",
        "objectives_fr": "Une base factuelle commune.",
        "tasks_fr": "Réunion de cadrage\nEntretiens semi-directifs\nAtelier de restitution",
    },
}


def write_the_draft(journey: Journey) -> None:
    """From an empty desk to a draft without a gap, part by part of the task list."""
    at_hour("2020-01-20T10:00")
    journey.enter("officer")
    page = journey.as_("officer")
    page.get_by_role("navigation").get_by_role("link", name="Appels", exact=True).click()
    page = journey.follow("officer", "Draft a call")
    page.get_by_label("Référence").fill(journey.reference)
    page.get_by_label("Intitulé").fill(TITLE)
    page = journey.press("officer", "Begin the draft")
    for part, values in PARTS.items():
        journey.follow("officer", part)
        for name, value in values.items():
            page.locator(f"#id_{name}").fill(value)
        if part == "Budget and ceiling":
            page.get_by_label(words("officer", "Public and binding: a dearer offer is excluded")).check()
        journey.press("officer", BACK)
    journey.follow("officer", "Deliverables and payments")
    _row(
        journey,
        "Add a deliverable",
        "deliverables-0",
        code="L1",
        title_fr="Profil migratoire",
        week="22",
        payment="100",
    )
    journey.press("officer", BACK)
    _criteria(journey)
    _rules(journey)
    _documents(journey)
    _timeline(journey)


def _row(journey: Journey, button: str, row: str, **values: str) -> Page:
    page = journey.as_("officer")
    if not page.locator(f"[name={row}-code]").count():
        journey.press("officer", button)
    for name, value in values.items():
        page.locator(f"[name={row}-{name}]").fill(value)
    return page


def _criteria(journey: Journey) -> None:
    page = journey.follow("officer", "Criteria")
    add = "Add a criterion"
    _row(journey, add, "criteria-0", code="C1", title_fr="Compréhension et méthodologie", maximum="60", minimum="30")
    _row(journey, add, "criteria-1", code="C2", title_fr="Expérience", maximum="39", minimum="20")
    expect(page.locator("[data-missing]")).to_contain_text("99")
    page.locator("[name=criteria-1-maximum]").fill("40")
    expect(page.locator("[data-live=total]")).to_have_text("100 / 100")
    journey.press("officer", BACK)


def _rules(journey: Journey) -> None:
    page = journey.follow("officer", "Method and rules")
    page.locator("[name=minimum_voting]").fill("2")
    page.locator("[name=reason_minimum_voting]").fill("Deux personnes du réseau suffisent pour trois candidatures.")
    page.locator("[name=odd_voting]").uncheck()
    page.locator("[name=reason_odd_voting]").fill("Le départage ne dépend pas d’un vote.")
    journey.press("officer", BACK)


def _documents(journey: Journey) -> None:
    page = journey.follow("officer", "Required documents")
    add = "Add a document"
    _row(journey, add, "technical-0", code="A1", title_fr=DOCUMENTS["A1"])
    _row(journey, add, "technical-1", code="A2", title_fr=DOCUMENTS["A2"])
    page.locator("#technical-1 summary").click()
    page.locator("#id_technical-1-completable").check()
    _row(journey, add, "financial-0", code="B1", title_fr=DOCUMENTS["B1"])
    journey.press("officer", BACK)


def _timeline(journey: Journey) -> None:
    page = journey.follow("officer", "Timeline")
    page.locator("[name=deadline_0]").fill("2020-03-12")
    page.locator("[name=deadline_1]").fill("17:00")
    expect(page.locator("[data-live=proposed-opening_at]")).to_contain_text("13 mars 2020, 10:00")
    journey.press("officer", "Fill the empty dates with the proposed ones")
    page.locator("[name=publish_at_0]").fill("2020-02-03")
    page.locator("[name=publish_at_1]").fill("09:00")
    journey.press("officer", BACK)


def seat_the_committee(journey: Journey) -> None:
    """Four are appointed and accept in their own accounts; three of them hold keys and confirm."""
    at_hour("2020-01-22T10:00")
    journey.begin("officer", "Finish the draft and send it to the approver")
    page = journey.follow("officer", "Committee")
    for who, seat in SEATS.items():
        page.locator("#id_seat").select_option(seat)
        page.locator("#id_email").fill(address_of(who))
        page.locator("#id_organisation_name").fill("CGLU")
        journey.press("officer", "Appoint")
    settle()
    for who in SEATS:
        journey.begin(who, "Accept your appointment to the committee")
        journey.press(who, "Accept my appointment")
    page = journey.follow("officer", "Key holders and quorum")
    for label in ("Chair", "Secretary", "V1"):
        page.locator(f"input[value={label}]").check()
    page.locator("#id_quorum").fill("2")
    journey.press("officer", "Name the key holders")
    settle()
    for who in ("chair", "secretary", "V1"):
        journey.begin(who, "Make your key")
        holder = KeyHolder.objects.select_related("member__user").get(member__user__email=address_of(who))
        make_key(holder, actor=holder.member.user, now=clock.now())


def have_it_approved(journey: Journey) -> None:
    """The draft is sent, returned once with a reason, sent again and approved: its notice is written."""
    at_hour("2020-01-27T11:00")
    journey.begin("officer", "Finish the draft and send it to the approver")
    journey.press("officer", "Send to the approver")
    settle()
    at_hour("2020-01-28T09:30")
    page = journey.begin("approver", "Review the call before approval")
    page.locator("#id_reason").fill("Le contexte doit nommer le projet MC2CM.")
    journey.press("approver", "Return to the draft")
    settle()
    journey.begin("officer", "Finish the draft and send it to the approver")
    page = journey.follow("officer", "Terms of reference")
    page.locator("#id_context_fr").fill("Membre de MC2CM, la Ville prépare une carte de citoyenneté.")
    journey.press("officer", BACK)
    journey.press("officer", "Send to the approver")
    settle()
    journey.begin("approver", "Review the call before approval")
    journey.press("approver", "Approve the call")
    settle()


def publish(journey: Journey) -> None:
    """The clock publishes at the hour of the notice; anybody reads the call and its notice in Word."""
    at_hour("2020-02-03T09:00")
    page = journey.at("officer", f"/calls/{journey.reference}/")
    expect(page.locator(".a-run .a-tag")).to_have_text("Ouvert")
