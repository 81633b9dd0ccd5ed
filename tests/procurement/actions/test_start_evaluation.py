"""From the check to the evaluation: when all are decided, its sheets, its grid, and who hands over."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from procurement.actions.answer_completion import answer_completion
from procurement.actions.start_evaluation import start_evaluation
from procurement.enums import Verdict
from procurement.models import Paper, ScoreSheet
from tests.procurement.actions.checking import REASON, ask, check, decide, refused
from tests.procurement.applying import attach
from tests.procurement.committees import World, kept, write_papers
from tests.procurement.evaluations import call_in_check, find_compliant
from workflow import clock
from workflow.models import AuditEvent, OutboxMessage
from workflow.refusals import NotPermitted

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def checking(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    yield from kept(django_db_blocker, lambda: call_in_check(late=("lou",)))


@pytest.fixture
def world(checking: World, db: None) -> World:
    return checking.again()


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
