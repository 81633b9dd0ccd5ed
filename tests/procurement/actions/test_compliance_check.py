"""The compliance check: what is missing is marked at once, one request, a window, a decision that holds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from procurement.actions.accept_items import accept_items
from procurement.actions.answer_completion import answer_completion
from procurement.actions.ask_completion import ask_completion
from procurement.actions.check_item import check_item
from procurement.actions.decide_compliance import decide_compliance
from procurement.actions.start_evaluation import start_evaluation
from procurement.actions.take_back_decision import take_back_decision
from procurement.enums import Verdict
from procurement.models import (
    Application,
    CompletionRequest,
    ComplianceItem,
    FormerDecision,
    Paper,
    Requirement,
    ScoreSheet,
)
from tests.procurement.applying import attach
from tests.procurement.committees import World, call_in_check, find_compliant, kept, write_papers
from workflow import clock
from workflow.models import AuditEvent, OutboxMessage
from workflow.refusals import NotPermitted, Refused

pytestmark = pytest.mark.django_db
MESSAGE = "Please join the signed declaration on honour."
MISTAKEN = "The declaration was there, in the letter."
REASON = "The declaration on honour was not supplied in time."


@pytest.fixture(scope="module")
def checking(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    yield from kept(django_db_blocker, lambda: call_in_check(late=("lou",)))


@pytest.fixture
def world(checking: World, db: None) -> World:
    return checking.again()


def item(world: World, who: str, code: str) -> ComplianceItem:
    return ComplianceItem.objects.select_related("application__call", "requirement").get(
        application=world.applications[who], requirement__code=code
    )


def check(
    world: World, who: str, code: str, verdict: Verdict, note: str = "", *, by: str = "secretary"
) -> ComplianceItem:
    return check_item(item=item(world, who, code), verdict=verdict, note=note, actor=world[by], now=clock.now())


def ask(world: World, who: str, *codes: str, message: str = MESSAGE) -> CompletionRequest:
    return ask_completion(
        application=world.application(who), requirements=list(Requirement.objects.filter(call=world.call, code__in=codes)),
        message=message, actor=world["secretary"], now=clock.now(),
    )  # fmt: skip


def decide(world: World, who: str, *, compliant: bool, reason: str = "", by: str = "secretary") -> Application:
    return decide_compliance(
        application=world.application(who), compliant=compliant, reason=reason, actor=world[by], now=clock.now()
    )


def refused(act: Any, *args: Any, **facts: Any) -> list[str]:
    with pytest.raises(Refused) as caught:
        act(*args, **facts)
    return caught.value.codes


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


def test_one_request_with_its_own_window_told_to_the_applicant(world: World) -> None:
    before = clock.now()
    request = ask(world, "ana", "A5")
    assert timedelta(hours=48) <= request.due_at - before < timedelta(hours=48, minutes=1)
    assert [one.code for one in request.requirements.all()] == ["A5"]
    message = OutboxMessage.objects.get(key__startswith="procurement.send_mail:completion_request:")
    assert message.payload["user_id"] == world["ana"].pk
    assert refused(ask, world, "ana", "A5") == ["CMP-04"]
    assert CompletionRequest.objects.filter(application__call=world.call).count() == 1


def test_what_may_be_asked_for(world: World) -> None:
    assert refused(ask, world, "ana", "A1") == ["CMP-06"]  # there, and not to be completed
    assert refused(ask, world, "ana", "B1") == ["CMP-06"]  # in the closed envelope
    assert refused(ask, world, "ana") == ["CMP-05"]
    assert refused(ask, world, "ana", "A5", message="Please.") == ["CMP-07"]
    check(world, "ana", "A5", Verdict.OK, "Found in the letter, page 3.")
    assert refused(ask, world, "ana", "A5") == ["CMP-06"]


def test_while_the_window_runs_nothing_is_decided(world: World) -> None:
    check(world, "ana", "A1", Verdict.OK)
    request = ask(world, "ana", "A5")
    assert refused(decide, world, "ana", compliant=False, reason=REASON) == ["CMP-10"]
    clock.set_to(request.due_at + timedelta(seconds=1))
    assert decide(world, "ana", compliant=False, reason=REASON).state == "non_compliant"


def test_an_answer_is_read_before_the_decision(world: World) -> None:
    check(world, "ana", "A1", Verdict.OK)
    request = ask(world, "ana", "A5")
    attach(world.application("ana"), "A5", world["ana"], now=clock.now(), completion=request)
    answer_completion(application=world.application("ana"), actor=world["ana"], now=clock.now())
    assert refused(decide, world, "ana", compliant=False, reason=REASON) == ["CMP-09"]
    assert check(world, "ana", "A5", Verdict.OK).verdict == Verdict.OK
    assert decide(world, "ana", compliant=True).state == "compliant"


def test_the_evaluation_begins_when_all_are_decided(world: World) -> None:
    def begin() -> Any:
        return start_evaluation(call=world.fresh(), actor=world["chair"], now=clock.now())

    assert refused(begin) == ["PAN-05", "PAN-07", "PAN-08"]
    find_compliant(world, "ana")
    request = ask(world, "ben", "A5")
    assert refused(begin) == ["PAN-05", "PAN-06", "PAN-07"]
    clock.set_to(request.due_at + timedelta(seconds=1))
    check(world, "ben", "A1", Verdict.OK)
    decide(world, "ben", compliant=False, reason=REASON)
    assert begin().state == "evaluation"


def test_the_expected_sheets_are_evaluators_by_compliant_applications(world: World) -> None:
    find_compliant(world, "ana")
    check(world, "ben", "A1", Verdict.OK)
    decide(world, "ben", compliant=False, reason=REASON)
    start_evaluation(call=world.fresh(), actor=world["secretary"], now=clock.now())
    sheets = ScoreSheet.objects.filter(call=world.call).values_list(
        "member__label", "application__label", "stage", "state"
    )
    assert sorted(sheets) == [(label, "E1", "file", "draft") for label in ("V1", "V2", "V3")]
    event = AuditEvent.objects.get(act="create_sheets", scope=world.call.reference)
    assert len(event.details["sheets"]) == 3
    told = OutboxMessage.objects.filter(key__startswith="procurement.send_mail:evaluation_started:")
    assert {m.payload["user_id"] for m in told} == {world[who].pk for who in ("v1", "v2", "v3")}


def test_the_grid_is_written_with_request_and_reasons(world: World) -> None:
    check(world, "ana", "A1", Verdict.OK)
    request = ask(world, "ana", "A5")
    attach(world.application("ana"), "A5", world["ana"], now=clock.now(), completion=request)
    answer_completion(application=world.application("ana"), actor=world["ana"], now=clock.now())
    check(world, "ana", "A5", Verdict.OK)
    decide(world, "ana", compliant=True)
    check(world, "ben", "A1", Verdict.INVALID, "The letter is not signed.")
    decide(world, "ben", compliant=False, reason=REASON)
    start_evaluation(call=world.fresh(), actor=world["chair"], now=clock.now())
    write_papers()
    paper = Paper.objects.select_related("file").get(kind="compliance_grid", call=world.call)
    lines = {line["applicant"]["label"]: line for line in paper.facts["lines"]}
    assert {one["requirement"]: one["state"] for one in lines["E1"]["items"]} == {"A1": "present", "A5": "completed"}
    assert {one["requirement"]: one["state"] for one in lines["E2"]["items"]} == {"A1": "refused", "A5": "missing"}
    assert (lines["E1"]["compliant"], lines["E2"]["compliant"], lines["E2"]["reason"]) == (True, False, REASON)
    assert lines["E1"]["request"]["answered_at"]
    assert paper.file.size > 5000


@pytest.mark.parametrize("who", ["v1", "observer", "officer", "auditor", "authority"])
def test_only_those_who_lead_hand_over(world: World, who: str) -> None:
    find_compliant(world, "ana", "ben")
    with pytest.raises(NotPermitted):
        start_evaluation(call=world.fresh(), actor=world[who], now=clock.now())
