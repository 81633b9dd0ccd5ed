"""Review, return, approval by another person, and what it freezes."""

from __future__ import annotations

from decimal import Decimal

import pytest

from accounts.enums import Role
from accounts.models import Membership
from procurement.actions.approve_call import approve_call
from procurement.actions.change_draft import change_draft
from procurement.actions.return_call import return_call
from procurement.actions.send_to_review import send_to_review
from procurement.models import Criterion, Paper
from procurement.queries.frozen import digest_of, snapshot_of
from tests.procurement.drafts import acts_of, office, refusals_of, settle, told
from workflow import clock
from workflow.refusals import NotPermitted, Refused

pytestmark = pytest.mark.django_db
REASON = "Le seuil n’est pas justifié dans le dossier."


def test_an_incomplete_draft_is_refused_with_everything_that_is_missing() -> None:
    world = office("written")
    world.call.deliverables.all().delete()

    with pytest.raises(Refused) as refused:
        send_to_review(call=world.call, actor=world.cast["officer"], now=clock.now())

    assert refused.value.codes == ["PUB-14", "PUB-15", "PUB-16"]
    assert refusals_of(world.call) == [("send_to_review", ["PUB-14", "PUB-15", "PUB-16"])]
    assert world.fresh().state == "draft"


def test_the_approvers_are_told_that_a_call_waits() -> None:
    world = office("in_review")

    assert world.fresh().state == "in_review"
    assert told("call_to_review") == {world.cast["approver"].email}


def test_who_drafted_does_not_approve_even_with_the_role() -> None:
    world = office("in_review")
    Membership.objects.create(user=world.cast["officer"], organisation=world.call.organisation, role=Role.APPROVER)

    with pytest.raises(NotPermitted):
        approve_call(call=world.call, actor=world.cast["officer"], now=clock.now())
    assert told("call_to_review") == {world.cast["approver"].email}


def test_a_return_needs_a_reason_of_twenty_characters() -> None:
    world = office("in_review")

    with pytest.raises(Refused) as refused:
        return_call(call=world.call, reason=" trop court, non ?  ", actor=world.cast["approver"], now=clock.now())
    assert refused.value.codes == ["RSN-01"]
    assert world.fresh().state == "in_review"

    return_call(call=world.call, reason=REASON, actor=world.cast["approver"], now=clock.now())
    assert world.fresh().state == "draft"
    assert told("call_returned") == {world.cast["officer"].email}


def test_the_approval_freezes_what_applications_are_judged_by() -> None:
    world = office("in_review")
    approved = approve_call(call=world.call, actor=world.cast["approver"], now=clock.now())
    frozen = world.fresh().frozen

    assert (approved.state, approved.approved_by) == ("approved", world.cast["approver"])
    assert frozen["rules"] == approved.rules
    assert [row["code"] for row in frozen["criteria"]] == list(approved.criteria.values_list("code", flat=True))
    assert frozen["ceiling"] == {"mode": "public_binding", "amount": "14000", "currency": "EUR", "tax": "excluded"}
    assert approved.rules_sha256 == digest_of(snapshot_of(world.fresh()))
    assert approved.next_check_at == approved.publish_at


def test_the_digest_tells_any_change_of_the_criteria() -> None:
    world = office("approved")
    before = world.call.rules_sha256
    Criterion.objects.filter(call=world.call, code="C3").update(maximum=Decimal("15.01"))

    assert digest_of(snapshot_of(world.fresh())) != before


def test_the_notice_is_written_in_word_in_the_language_of_the_call() -> None:
    world = office("in_review")
    approve_call(call=world.call, actor=world.cast["approver"], now=clock.now())
    paper = Paper.objects.get(call=world.call, kind="notice")
    assert (paper.file, paper.language, paper.facts["version"]) == (None, "fr", 1)

    settle()

    paper.refresh_from_db()
    assert paper.file.name == f"{world.call.reference}-notice.docx"
    assert paper.facts["ceiling"]["price"]["amount"] == "14000"
    assert "96.98" not in paper.facts["example"]  # an example of its own, never the figures of a call
    assert "A" in paper.facts["example"]


def test_a_hidden_ceiling_is_not_even_in_the_facts_of_the_notice() -> None:
    world = office("seated")
    change_draft(
        call=world.call, part="budget", values={"ceiling_mode": "hidden"}, actor=world.cast["officer"], now=clock.now()
    )
    send_to_review(call=world.fresh(), actor=world.cast["officer"], now=clock.now())
    approve_call(call=world.call, actor=world.cast["approver"], now=clock.now())

    assert "14000" not in str(Paper.objects.get(call=world.call, kind="notice").facts)


def test_what_is_taken_back_thaws_and_is_approved_anew_with_a_second_notice() -> None:
    world = office("approved")
    return_call(call=world.call, reason=REASON, actor=world.cast["officer"], now=clock.now())
    call = world.fresh()
    assert (call.state, call.frozen, call.rules_sha256, call.approved_by, call.next_check_at) == (
        "draft",
        None,
        "",
        None,
        None,
    )

    send_to_review(call=call, actor=world.cast["officer"], now=clock.now())
    approve_call(call=call, actor=world.cast["approver"], now=clock.now())

    assert list(Paper.objects.filter(call=call, kind="notice").values_list("number", flat=True)) == [1, 2]
    assert acts_of(call)[-3:] == ["send_to_review", "approve", "write_paper"]
