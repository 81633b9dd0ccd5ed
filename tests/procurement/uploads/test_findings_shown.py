"""What was found in a file is said where it is read: at the compliance check, at the desk, in the report of the opening."""

from __future__ import annotations

import pytest
from django.utils import translation

from procurement.models import Document, OpeningSession
from procurement.queries.findings import NOTES, SCANNED, WARNINGS, warnings_for, words_for
from procurement.queries.papers.opening_report import opening_report
from tests.procurement.evaluations import call_in_check
from tests.procurement.web.visits import Visit, text_of
from workflow import clock
from workflow.contents import office, pdf

pytestmark = pytest.mark.django_db


def test_the_check_and_the_report_say_it() -> None:
    world = call_in_check(in_time=("ana",))
    application = world.applications["ana"]
    Document.objects.filter(application=application, requirement__code="A1").update(findings=["links", "macros"])
    visit = Visit(world["secretary"], world.fresh())
    said = text_of(visit.get(f"compliance/{application.reference}/"))
    assert "This file holds macros, which will not run here." in said
    assert "This file holds links to addresses elsewhere." in said
    session = OpeningSession.objects.get(call=world.call, kind="technical")
    (incident,) = [one for one in opening_report(session, now=clock.now()).incidents if "A1" in one]
    assert "contient des macros" in incident
    assert "liens" not in incident  # what many good files have is left out of the report


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_finding_has_its_words(language: str) -> None:
    codes = {code for code in pdf.CODES if code != pdf.LOCK} | {code for code, *_ in office.MARKS} | set(office.NAMES)
    codes |= {*office.FIELDS, "programs", "partly_seen", "odd_structure", "two_kinds", "submits"}
    with translation.override(language):
        assert codes <= WARNINGS.keys() | NOTES.keys()
        assert all(words_for([code]) for code in [*codes, *SCANNED, "virus:Some.Name"])
        assert words_for(["links", "macros", "virus:X"])[0].endswith(
            ("“X”", "« X »", "«\u00a0X\u00a0»", "«\u202fX\u202f»")
        )
        assert warnings_for([*NOTES]) == []
