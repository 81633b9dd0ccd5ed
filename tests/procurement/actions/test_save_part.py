"""Saving the parts of an application: nothing is overwritten unseen, nothing changes after the deadline."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import translation

from procurement.actions.attach_document import attach_document
from procurement.actions.renew_access import renew_access
from procurement.actions.save_part import save_identity, save_note, save_price
from procurement.demo.codes import begin
from procurement.models import Application, Envelope
from procurement.models.access import Locked
from procurement.models.working_copy import attached_files, seal_written, working_envelope
from procurement.queries.sealed_files import receive
from tests.procurement.applying import AFTER, BEFORE, IDENTITY, PDF, open_call, person
from workflow import audit
from workflow.refusals import NotPermitted, Refused

pytestmark = pytest.mark.django_db
LATER = BEFORE + timedelta(minutes=5)


@pytest.fixture
def actor():
    return person()


@pytest.fixture
def draft(actor):
    return begin(call=open_call(), actor=actor, now=BEFORE)


def test_each_part_keeps_its_own_hour(draft, actor):
    save_identity(application=draft, identity=IDENTITY, actor=actor, now=BEFORE)
    kept = save_note(
        application=draft, requirement=draft.call.requirements.get(code="A1"), text=" One. ", actor=actor, now=LATER
    )
    assert kept.content == {
        "identity": {**dict.fromkeys(kept.content["identity"], ""), **IDENTITY},
        "notes": {"A1": "One."},
    }
    assert kept.saved_parts == {"identity": BEFORE.isoformat(), "note:A1": LATER.isoformat()}
    assert kept.saved_at == LATER
    assert [event.act for event in audit.history_of(draft.call.reference)][:2] == ["save_note", "save_identity"]


def test_a_note_to_a_financial_document_stays_in_the_financial_envelope(draft, actor):
    kept = save_note(
        application=draft, requirement=draft.call.requirements.get(code="B1"), text="One.", actor=actor, now=BEFORE
    )
    assert kept.kind == "financial"
    assert working_envelope(draft, "technical").content == {}


def test_what_is_written_is_in_the_rows_as_something_that_nobody_reads(draft, actor):
    save_identity(application=draft, identity=IDENTITY, actor=actor, now=BEFORE)
    row = Envelope.objects.get(application=draft, kind="technical")
    assert (row.content, row.header) == ({}, {})
    assert b"Ferhat" not in bytes(row.sealed)
    assert len(row.sealed) % 4096 == len(seal_written(draft, "technical", {})) % 4096  # filled up
    with pytest.raises(Locked):
        working_envelope(Application.objects.get(pk=draft.pk), "technical")


def test_fields_that_nobody_asked_for_are_left_out(draft, actor):
    kept = save_identity(
        application=draft, identity={**IDENTITY, "state": "submitted", "label": "E1"}, actor=actor, now=BEFORE
    )
    assert not {"state", "label"} & set(kept.content["identity"])


def test_the_price_is_stored_with_its_total(draft, actor):
    kept = save_price(
        application=draft, days=Decimal("10.5"), rate=Decimal("333.33"), expenses=None, actor=actor, now=BEFORE
    )
    assert kept.content["price"] == {"days": "10.5", "rate": "333.33", "expenses": "", "total": "3499.97"}
    kept = save_price(application=draft, days=None, rate=Decimal("333.33"), expenses=None, actor=actor, now=BEFORE)
    assert kept.content["price"]["total"] == ""


def test_a_negative_price_is_refused(draft, actor):
    with pytest.raises(Refused) as refusal:
        save_price(application=draft, days=Decimal(10), rate=Decimal(-1), expenses=None, actor=actor, now=BEFORE)
    assert refusal.value.codes == ["PRI-01"]


def test_an_older_window_does_not_erase_what_a_newer_one_saved(draft, actor):
    first = save_identity(application=draft, identity=IDENTITY, actor=actor, now=BEFORE, seen="")
    version = first.saved_parts["identity"]
    save_identity(application=draft, identity={**IDENTITY, "country": "Maroc"}, actor=actor, now=LATER, seen=version)
    with pytest.raises(Refused) as refusal:
        save_identity(
            application=draft, identity={**IDENTITY, "country": "Tunisie"}, actor=actor, now=LATER, seen=version
        )
    assert refusal.value.codes == ["SUB-08"]
    assert "17:05:00" in refusal.value.reasons[0].sentence  # Madrid
    assert working_envelope(draft, "technical").content["identity"]["country"] == "Maroc"


def test_an_older_window_that_says_the_same_is_no_conflict(draft, actor):
    save_identity(application=draft, identity=IDENTITY, actor=actor, now=BEFORE, seen="")
    assert save_identity(application=draft, identity=IDENTITY, actor=actor, now=LATER, seen="").saved_at == LATER


def test_two_windows_on_two_parts_do_not_disturb_each_other(draft, actor):
    save_identity(application=draft, identity=IDENTITY, actor=actor, now=BEFORE, seen="")
    kept = save_note(
        application=draft,
        requirement=draft.call.requirements.get(code="A1"),
        text="One.",
        actor=actor,
        now=LATER,
        seen="",
    )
    assert kept.content["identity"]["country"] == "France"


def test_nothing_changes_after_the_deadline(draft, actor):
    with translation.override("fr"):
        with pytest.raises(Refused) as refusal:
            save_identity(application=draft, identity=IDENTITY, actor=actor, now=AFTER)
        assert "mardi 12 mars 2030, 17:00, heure de Madrid (UTC+1)" in refusal.value.reasons[0].sentence
    assert refusal.value.codes == ["SUB-03"]
    assert working_envelope(draft, "technical").content == {}


def test_nobody_writes_in_the_application_of_another(draft):
    with pytest.raises(NotPermitted):
        save_identity(application=draft, identity=IDENTITY, actor=person("Yanis Rival"), now=BEFORE)
    with pytest.raises(NotPermitted):
        save_identity(application=draft, identity=IDENTITY, actor=draft.call.created_by, now=BEFORE)


def test_a_window_that_still_has_the_code_of_before_writes_nothing_that_nobody_could_read(draft, actor):
    elsewhere = Application.objects.get(pk=draft.pk)
    elsewhere.access = draft.access
    renewed = renew_access(application=draft, actor=actor, now=BEFORE)
    with pytest.raises(Locked):
        save_identity(application=elsewhere, identity=IDENTITY, actor=actor, now=LATER)
    asked = elsewhere.call.requirements.get(code="A1")
    received = receive(elsewhere, asked, PDF, name="a.pdf")
    with pytest.raises(Locked):
        attach_document(application=elsewhere, requirement=asked, received=received, actor=actor, now=LATER)
    assert working_envelope(renewed, "technical").content == {}
    assert attached_files(renewed) == []
