"""Annex IV (d): “during the different stages […] access to all data submitted […] only for authorised persons”.

The whole table, role by page by stage, is `tests/procurement/web/rights.py`; here is one attempt for each stage.
"""

from __future__ import annotations

import pytest
from django.urls import reverse

from procurement.models import Document
from tests.annex_iv.attempts import statuses
from tests.procurement.applying import person
from tests.procurement.committees import opened_call
from tests.procurement.evaluations import call_in_check, call_in_evaluation
from tests.procurement.web.rights import ACTS, ELSEWHERE, PAGES
from tests.procurement.web.visits import Visit

pytestmark = pytest.mark.django_db


def test_every_page_has_its_line_in_the_table_of_rights() -> None:
    assert len(PAGES) + len(ACTS) + len(ELSEWHERE) > 110


def test_before_the_declarations_nobody_reads_what_was_sent() -> None:
    world = opened_call(in_time=("ana",))
    found = statuses(world, "compliance/")
    assert {who for who, status in found.items() if status == 200} <= {"officer", "auditor", "chair", "secretary"}
    document = Document.objects.filter(application=world.applications["ana"], requirement__code="A1").get()
    found = statuses(world, f"documents/E1/A1/{document.pk}/")
    assert 200 not in {found[who] for who in ("officer", "approver", "authority", "v1", "observer", "chair")}


def test_in_the_check_an_evaluator_has_no_document_yet() -> None:
    found = statuses(call_in_check(in_time=("ana",)), "compliance/")
    assert (found["chair"], found["secretary"], found["v1"], found["observer"], found["authority"]) == (
        200,
        200,
        404,
        404,
        404,
    )


def test_in_the_evaluation_the_panel_reads_and_officer_approver_authority_and_observer_do_not() -> None:
    found = statuses(call_in_evaluation(in_time=("ana",)), "evaluation/")
    assert (found["chair"], found["v1"], found["auditor"]) == (200, 200, 200)
    assert {found[who] for who in ("officer", "approver", "authority", "observer")} == {404}


def test_at_no_stage_does_one_applicant_see_another() -> None:
    world = call_in_evaluation()
    ana, ben = world.applications["ana"], world["ben"]
    client = Visit(ben, world.call).client
    assert client.get(reverse("application", args=[world.applications["ben"].reference])).status_code == 200
    assert client.get(reverse("application", args=[ana.reference])).status_code == 404
    number = ana.submissions.get().receipt_number
    assert client.get(reverse("application_receipt", args=[ana.reference, number])).status_code == 404
    stranger = Visit(person("Sam Stranger"), world.call)
    assert {stranger.get(path).status_code for path in ("", "evaluation/", "applicants/", "papers/")} == {404}
