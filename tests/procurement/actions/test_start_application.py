"""Beginning an application: one for each applicant, by people who may, while there is time."""

from __future__ import annotations

import pytest

from accounts.models import Membership
from procurement.actions.change_applicant import change_applicant
from procurement.actions.discard_draft import discard_draft
from procurement.actions.start_application import start_application
from procurement.models import Application, Document, Envelope
from tests.procurement.applying import AFTER, BEFORE, complete_application, firm, open_call, person, submitted
from workflow import outbox
from workflow.models import AuditEvent, StoredFile
from workflow.refusals import NotPermitted, Refused

pytestmark = pytest.mark.django_db


def test_beginning_twice_gives_the_same_application():
    call, actor = open_call(), person()
    begun = start_application(call=call, actor=actor, now=BEFORE)
    assert start_application(call=call, actor=actor, now=BEFORE) == begun
    assert begun.reference.startswith("AP-")
    assert {one.kind for one in begun.envelopes.all()} == {"technical", "financial"}
    assert AuditEvent.objects.filter(act="start_application").count() == 1


def test_everybody_who_represents_a_firm_goes_on_with_the_same_application():
    call, one, other = open_call(), person("Amel One"), person("Bilal Other")
    theirs = firm(one, other)
    begun = start_application(call=call, actor=one, now=BEFORE, organisation=theirs)
    assert start_application(call=call, actor=other, now=BEFORE, organisation=theirs) == begun
    assert start_application(call=call, actor=other, now=BEFORE) != begun


def test_nobody_applies_for_a_firm_they_do_not_represent():
    with pytest.raises(NotPermitted):
        start_application(call=open_call(), actor=person(), now=BEFORE, organisation=firm(person("Amel One")))


@pytest.mark.parametrize("organisation_kind", ["public_body", "partner"])
def test_only_firms_apply_for_themselves(organisation_kind):
    actor = person()
    theirs = firm(actor)
    theirs.kind = organisation_kind
    theirs.save()
    with pytest.raises(NotPermitted):
        start_application(call=open_call(), actor=actor, now=BEFORE, organisation=theirs)


@pytest.mark.parametrize(
    ("state", "now", "codes"),
    [
        ("published", AFTER, ["SUB-03"]),
        ("suspended", BEFORE, ["SUB-02"]),
        ("cancelled", BEFORE, ["SUB-01"]),
        ("draft", BEFORE, ["SUB-01"]),
    ],
)
def test_a_call_that_is_not_open_is_refused(state, now, codes):
    with pytest.raises(Refused) as refusal:
        start_application(call=open_call(state=state), actor=person(), now=now)
    assert refusal.value.codes == codes
    assert not Application.objects.exists()


def test_people_who_run_the_call_cannot_apply_to_it():
    call = open_call()
    with pytest.raises(Refused) as refusal:
        start_application(call=call, actor=call.created_by, now=BEFORE)
    assert refusal.value.codes == ["SUB-07"]
    member = person("Vera Evaluator")
    call.members.create(user=member, seat="evaluator", label="V1")
    with pytest.raises(Refused) as refusal:
        start_application(call=call, actor=member, now=BEFORE)
    assert refusal.value.codes == ["SUB-07"]


def test_an_application_can_become_a_firms_before_it_is_submitted():
    call, actor = open_call(), person()
    theirs = firm(actor)
    begun = start_application(call=call, actor=actor, now=BEFORE)
    assert change_applicant(application=begun, organisation=theirs, actor=actor, now=BEFORE).organisation == theirs
    assert change_applicant(application=begun, organisation=None, actor=actor, now=BEFORE).organisation is None


def test_a_colleague_cannot_take_the_application_away():
    one, other = person("Amel One"), person("Bilal Other")
    begun = start_application(call=open_call(), actor=one, now=BEFORE, organisation=firm(one, other))
    with pytest.raises(NotPermitted):
        change_applicant(application=begun, organisation=None, actor=other, now=BEFORE)


def test_the_applicant_does_not_change_after_a_submission_nor_into_one_who_applies_already():
    actor = person()
    theirs = firm(actor)
    sent = submitted(open_call(), actor)
    with pytest.raises(Refused) as refusal:
        change_applicant(application=sent, organisation=theirs, actor=actor, now=BEFORE)
    assert refusal.value.codes == ["SUB-09"]

    call = open_call()
    own = start_application(call=call, actor=actor, now=BEFORE)
    start_application(call=call, actor=actor, now=BEFORE, organisation=theirs)
    with pytest.raises(Refused) as refusal:
        change_applicant(application=own, organisation=theirs, actor=actor, now=BEFORE)
    assert refusal.value.codes == ["SUB-10"]


def test_a_representative_who_left_the_firm_writes_no_more():
    actor = person()
    theirs = firm(actor)
    begun = start_application(call=open_call(), actor=actor, now=BEFORE, organisation=theirs)
    Membership.objects.filter(user=actor).update(ended_at=BEFORE)
    with pytest.raises(NotPermitted):
        discard_draft(application=begun, actor=actor, now=BEFORE)


def test_a_draft_that_is_thrown_away_leaves_an_event_and_no_file():
    actor = person()
    draft = complete_application(open_call(), actor)
    assert StoredFile.objects.count() == 2
    discard_draft(application=draft, actor=actor, now=BEFORE)
    outbox.deliver_waiting()
    assert not Application.objects.exists()
    assert not Document.objects.exists()
    assert not Envelope.objects.exists()
    assert not StoredFile.objects.exists()
    assert AuditEvent.objects.filter(act="discard_draft", outcome="done").count() == 1


def test_what_was_submitted_once_is_not_thrown_away():
    actor = person()
    sent = submitted(open_call(), actor)
    with pytest.raises(Refused) as refusal:
        discard_draft(application=sent, actor=actor, now=BEFORE)
    assert refusal.value.codes == ["SUB-09"]
