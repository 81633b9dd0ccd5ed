"""Directive 2014/24/EU, Annex IV (b): “before the time limits laid down, no-one can have access to data transmitted”."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from procurement.actions.open_technical import open_technical
from procurement.enums import EnvelopeKind
from procurement.models import Document, Submission
from procurement.queries.applicants import applications_visible_to
from procurement.queries.envelopes import StillSealed, read_envelope
from tests.annex_iv.attempts import EVERYBODY, refused, statuses
from tests.procurement.applying import DEADLINE, person, submitted
from tests.procurement.committees import World, staffed_call
from tests.procurement.web.visits import Visit
from workflow import clock

pytestmark = pytest.mark.django_db
# What would tell who applied, how many, or with what.
PAGES = ("applicants/", "declarations/", "compliance/", "evaluation/", "prices/", "ranking/", "log/proof.jsonl")


@pytest.fixture
def world() -> World:
    """A call to which somebody has applied; a minute is left."""
    made = staffed_call()
    made.people["ana"] = person("Ana Applicant")
    made.applications["ana"] = submitted(made.call, made["ana"])
    clock.set_to(DEADLINE - timedelta(minutes=1))
    return made


def test_nobody_finds_a_page_that_tells_who_applied(world: World) -> None:
    assert Submission.objects.count() == 1  # there is something to see
    for path in PAGES:
        assert set(statuses(world, path).values()) == {404}, path


def test_nobody_lists_an_application_or_reads_an_envelope(world: World) -> None:
    for who in EVERYBODY:
        assert list(applications_visible_to(world[who], call=world.fresh())) == []
        with pytest.raises(StillSealed):
            read_envelope(world.application("ana"), EnvelopeKind.TECHNICAL, actor=world[who], now=clock.now())


def test_nobody_gets_a_document_whose_address_they_know(world: World) -> None:
    document = Document.objects.filter(application=world.applications["ana"]).first()
    assert document is not None
    own = reverse("application_file", args=[world.applications["ana"].reference, document.file_id])
    for who in EVERYBODY:
        visit = Visit(world[who], world.call)
        assert visit.get(f"documents/E1/A1/{document.file_id}/").status_code == 404
        assert visit.client.get(own).status_code == 404


def test_the_secretary_does_not_open_before_the_time_limit_whatever_the_state_says(world: World) -> None:
    codes = refused(open_technical, call=world.fresh(), actor=world["secretary"], now=clock.now())
    assert codes in (["MOVE"], ["OPN-01"]) or "OPN-01" in codes
