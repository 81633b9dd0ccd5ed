"""The file of a call for those who run it: begun, reviewed, approved, published, and where it stands."""

from __future__ import annotations

import pytest

from procurement.actions.start_application import start_application
from procurement.models import Call
from tests.procurement.drafts import local, office
from tests.procurement.web.visits import text_of, visit
from workflow import clock

pytestmark = pytest.mark.django_db
REASON = "Le seuil n’est pas justifié dans le dossier."


def test_the_whole_way_from_draft_to_publication_in_pages() -> None:
    world = office("seated")
    assert visit(world).post("review/").status_code == 302
    review = visit(world, "approver").get("review/")
    assert "Everything that will be published and frozen is on this page" in text_of(review)
    assert "Approve the call" in text_of(review)

    assert visit(world, "approver").post("approval").status_code == 302
    assert "The notice is still being prepared in Word." in text_of(visit(world).get(""))
    world.stage.settle()
    assert visit(world).get("notice.docx").headers["Content-Disposition"].endswith('.docx"')
    clock.set_to(local("2020-02-03T08:59"))
    assert visit(world).post("publication").status_code == 302
    assert world.fresh().state == "published"


def test_an_incomplete_draft_is_refused_with_sentences() -> None:
    world = office()
    answer = visit(world).post("review/")

    assert answer.status_code == 409
    assert "The committee needs one chair and one secretary." in text_of(answer)


def test_a_short_reason_comes_back_with_its_text() -> None:
    world = office("in_review")
    answer = visit(world, "approver").post("return", reason="Pas assez.")

    assert answer.status_code == 409
    assert "Give the reason in at least 20 characters; it has 10." in text_of(answer)
    assert "Pas assez." in answer.content.decode()
    assert visit(world, "approver").post("return", reason=REASON).status_code == 302
    assert REASON in text_of(visit(world).get("draft/"))


def test_who_drafted_sees_no_button_to_approve() -> None:
    world = office("in_review")

    assert "Approve the call" not in text_of(visit(world).get("review/"))
    assert visit(world).post("approval").status_code == 403
    assert visit(world, "auditor").post("approval").status_code == 403
    assert visit(world, "E2").post("approval").status_code == 404


def test_what_departs_from_the_rule_set_is_shown_to_the_approver_with_its_reason() -> None:
    page = text_of(visit(office("in_review"), "approver").get("review/"))

    assert "(1) The higher technical mark, (2) C1, (3) Drawing lots" in page
    assert "La méthode départage mieux" in page


def test_the_overview_says_whose_move_it_is_and_each_condition() -> None:
    world = office("approved")
    page = text_of(visit(world).get(""))

    assert "Next step: publish the call It waits on you." in page
    assert "Keys confirmed by their holders Met" in page
    assert "It waits on the officer." in text_of(visit(world, "approver").get(""))


def test_a_missing_condition_leads_only_where_its_reader_may_go() -> None:
    world = office("seated")
    world.call.criteria.all().delete()
    address = f"/calls/{world.call.reference}/draft/criteria/"

    assert address in visit(world).get("").content.decode()
    shown = visit(world, "V1").get("").content.decode()
    assert "Add at least one criterion." in shown
    assert address not in shown
    assert visit(world, "V1").get("draft/criteria/").status_code == 404


def test_before_the_opening_the_overview_says_nothing_of_applications() -> None:
    world = office("published")
    pages = {
        who: text_of(visit(world, who).get(""))
        for who in ("officer", "approver", "authority", "auditor", "secretary", "V1")
    }
    for who in ("E2", "E3"):
        start_application(call=world.call, actor=world.cast[who], now=clock.now())

    for who, before in pages.items():
        after = text_of(visit(world, who).get(""))
        assert after == before, who
        assert "start" not in after.lower().replace("started", "")
    assert "Neither their number nor their authors are known" in pages["officer"]


def test_a_call_begins_in_pages_from_nothing_and_from_another() -> None:
    world = office()
    client = visit(world).client
    page = client.get("/calls/new/")
    reference = page.context["form"]["reference"].value()
    sent = {
        "organisation": world.call.organisation_id,
        "reference": reference,
        "language": "fr",
        "kind": "expert",
        "preset": "prag",
    }

    assert client.post("/calls/new/", sent).status_code == 422
    assert client.post("/calls/new/", sent | {"title": "Essai", "reference": "a/../b"}).status_code == 422
    assert client.post("/calls/new/", sent | {"title": "Essai"})["Location"] == f"/calls/{reference}/draft/"
    again = client.post("/calls/new/", sent | {"title": "Essai"})
    assert (again.status_code, "already bears this reference" in text_of(again)) == (409, True)
    assert client.post("/calls/new/", sent | {"reference": "COPY-1", "copied": world.call.reference}).status_code == 302
    assert Call.objects.get(reference="COPY-1").criteria.count() == 10
    assert visit(world, "approver").client.get("/calls/new/").status_code == 404
