"""A request to complete: one, with its own window, answered and read before the decision."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from procurement.actions.answer_completion import answer_completion
from procurement.enums import Verdict
from procurement.models import CompletionRequest
from tests.procurement.actions.checking import REASON, ask, check, decide, refused
from tests.procurement.applying import attach
from tests.procurement.committees import World, kept
from tests.procurement.evaluations import call_in_check
from workflow import clock
from workflow.models import OutboxMessage

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def checking(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    yield from kept(django_db_blocker, lambda: call_in_check(late=("lou",)))


@pytest.fixture
def world(checking: World, db: None) -> World:
    return checking.again()


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
