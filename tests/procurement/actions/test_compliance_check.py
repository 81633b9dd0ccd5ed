"""The compliance check: what is missing is marked at once, a verdict for each document, a decision that is kept."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from procurement.actions.accept_items import accept_items
from procurement.actions.start_evaluation import start_evaluation
from procurement.actions.take_back_decision import take_back_decision
from procurement.enums import Verdict
from procurement.models import Application, CompletionRequest, ComplianceItem, FormerDecision
from tests.procurement.actions.checking import REASON, ask, check, decide, item, refused
from tests.procurement.committees import World, kept
from tests.procurement.evaluations import call_in_check, find_compliant
from workflow import clock
from workflow.models import AuditEvent
from workflow.refusals import NotPermitted

pytestmark = pytest.mark.django_db
MISTAKEN = "The declaration was there, in the letter."


@pytest.fixture(scope="module")
def checking(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    yield from kept(django_db_blocker, lambda: call_in_check(late=("lou",)))


@pytest.fixture
def world(checking: World, db: None) -> World:
    return checking.again()


def test_an_item_for_each_opened_application_and_document_of_its_open_envelope(world: World) -> None:
    found = ComplianceItem.objects.values_list("application__label", "requirement__code", "verdict").order_by("id")
    assert list(found) == [
        ("E1", "A1", "pending"),
        ("E1", "A5", "missing"),
        ("E2", "A1", "pending"),
        ("E2", "A5", "missing"),
    ]


@pytest.mark.parametrize("who", ["v1", "observer", "officer", "approver", "authority", "auditor", "ana"])
def test_only_chair_and_secretary_check(world: World, who: str) -> None:
    with pytest.raises(NotPermitted):
        check(world, "ana", "A1", Verdict.OK, by=who)
    with pytest.raises(NotPermitted):
        accept_items(application=world.application("ana"), actor=world[who], now=clock.now())
    with pytest.raises(NotPermitted):
        decide(world, "ana", compliant=True, by=who)
    assert item(world, "ana", "A1").verdict == Verdict.PENDING


def test_a_verdict_is_kept_with_its_note_its_author_and_its_event(world: World) -> None:
    checked = check(world, "ana", "A1", Verdict.INVALID, "The letter is not signed.", by="chair")
    assert (checked.verdict, checked.note, checked.checked_by) == (
        "invalid",
        "The letter is not signed.",
        world["chair"],
    )
    event = AuditEvent.objects.get(act="check_item", outcome="done")
    assert event.details["verdict"] == "invalid"
    assert "signed" not in str(event.details)


def test_in_order_without_a_document_needs_a_word(world: World) -> None:
    assert refused(check, world, "ana", "A5", Verdict.OK) == ["CMP-03"]
    assert check(world, "ana", "A5", Verdict.OK, "It is on page 3 of the letter.").verdict == Verdict.OK


def test_all_in_order_leaves_what_is_missing(world: World) -> None:
    accepted = accept_items(application=world.application("ana"), actor=world["chair"], now=clock.now())
    assert [one.requirement.code for one in accepted] == ["A1"]
    assert item(world, "ana", "A5").verdict == Verdict.MISSING
    assert item(world, "ben", "A1").verdict == Verdict.PENDING


def test_a_decision_waits_for_every_document(world: World) -> None:
    assert refused(decide, world, "ana", compliant=True) == ["CMP-08", "CMP-11"]
    check(world, "ana", "A1", Verdict.OK)
    assert refused(decide, world, "ana", compliant=True) == ["CMP-11"]
    assert refused(decide, world, "ana", compliant=False, reason="No.") == ["CMP-12"]
    decided = decide(world, "ana", compliant=False, reason=REASON)
    assert (decided.state, decided.compliance_reason, decided.decided_by) == (
        "non_compliant",
        REASON,
        world["secretary"],
    )


def take_back(world: World, who: str, *, reason: str = MISTAKEN, by: str = "chair") -> Application:
    return take_back_decision(application=world.application(who), reason=reason, actor=world[by], now=clock.now())


def test_a_decision_is_taken_back_with_a_reason_and_kept(world: World) -> None:
    check(world, "ana", "A1", Verdict.OK)
    assert refused(take_back, world, "ana") == ["CMP-13"]
    first = decide(world, "ana", compliant=False, reason=REASON)
    assert refused(take_back, world, "ana", reason="Wrong.") == ["RSN-01"]
    again = take_back(world, "ana")
    assert (again.state, again.decided_at, again.decided_by, again.compliance_reason) == ("opened", None, None, "")
    kept_one = FormerDecision.objects.get(application=again)
    assert (kept_one.compliant, kept_one.decision_reason, kept_one.decided_at) == (False, REASON, first.decided_at)
    assert (kept_one.decided_by, kept_one.taken_back_by, kept_one.reason) == (
        world["secretary"],
        world["chair"],
        MISTAKEN,
    )
    event = AuditEvent.objects.get(act="reconsider", outcome="done")
    assert (event.source, event.target, event.details["reason"]) == ("non_compliant", "opened", MISTAKEN)
    check(world, "ana", "A5", Verdict.WAIVED, "Replaced by the certificate in A1.")
    assert decide(world, "ana", compliant=True).state == "compliant"
    with pytest.raises(DatabaseError), transaction.atomic():
        FormerDecision.objects.update(reason="Another one, written afterwards.")


def test_a_decision_taken_back_leaves_the_request_as_it_is(world: World) -> None:
    check(world, "ana", "A1", Verdict.OK)
    request = ask(world, "ana", "A5")
    clock.set_to(request.due_at + timedelta(seconds=1))
    decide(world, "ana", compliant=False, reason=REASON)
    take_back(world, "ana")
    assert refused(ask, world, "ana", "A5") == ["CMP-04"]
    assert CompletionRequest.objects.get(application__call=world.call).due_at == request.due_at
    assert refused(decide, world, "ana", compliant=True) == ["CMP-11"]
    assert decide(world, "ana", compliant=False, reason=REASON).state == "non_compliant"


def test_a_decision_stands_once_the_evaluation_has_begun(world: World) -> None:
    find_compliant(world, "ana", "ben")
    for who in ("v1", "observer", "officer", "authority", "auditor", "ana"):
        with pytest.raises(NotPermitted):
            take_back(world, "ben", by=who)
    start_evaluation(call=world.fresh(), actor=world["chair"], now=clock.now())
    assert refused(take_back, world, "ben") == ["CMP-13"]
    assert not FormerDecision.objects.exists()


def test_a_decided_application_is_checked_no_further(world: World) -> None:
    check(world, "ana", "A1", Verdict.OK)
    check(world, "ana", "A5", Verdict.WAIVED, "Replaced by the certificate in A1.")
    assert decide(world, "ana", compliant=True).state == "compliant"
    assert refused(decide, world, "ana", compliant=False, reason=REASON) == ["CMP-01"]
    assert refused(check, world, "ana", "A1", Verdict.MISSING) == ["CMP-01"]
    assert refused(ask, world, "ana", "A5")[0] == "CMP-01"


def test_a_late_application_is_never_checked(world: World) -> None:
    assert not world.application("lou").compliance_items.exists()
    assert refused(decide, world, "lou", compliant=False, reason=REASON) == ["CMP-01"]
