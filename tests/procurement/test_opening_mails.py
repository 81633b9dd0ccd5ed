"""The words of the mails of the opening and the compliance check."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import translation

from procurement.actions.ask_completion import ask_completion
from procurement.mails import Written, compose
from procurement.models import Call, Requirement
from tests.procurement.committees import World, kept
from tests.procurement.evaluations import call_in_check
from workflow import clock

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def checking(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    yield from kept(django_db_blocker, lambda: call_in_check(in_time=("ana",)))


@pytest.fixture
def world(checking: World, db: None) -> World:
    return checking.again()


def written(world: World, kind: str, who: str, **ids: Any) -> Written:
    application = world.applications.get(who)
    with translation.override("en"):
        return compose(
            kind=kind,
            person=world[who],
            ids=ids,
            call_id=world.call.pk,
            application_id=application.pk if application else None,
        )


@pytest.mark.parametrize(
    ("kind", "who", "subject", "page"),
    [
        ("opening_started", "v1", "The opening session has started", "opening/"),
        ("declaration_due", "v1", "Please declare your impartiality", "declarations/"),
        ("evaluation_started", "v1", "Your score sheets are ready", "evaluation/"),
    ],
)
def test_a_member_is_told_what_to_do_and_where(world: World, kind: str, who: str, subject: str, page: str) -> None:
    letter = written(world, kind, who)
    assert letter.subject == f"{subject}, {world.call.reference}"
    assert "Good day V1 Member," in letter.text
    assert f"/calls/{world.call.reference}/{page}\n" in letter.text
    assert "Ana" not in letter.text


def test_a_conflict_is_told_without_its_reason(world: World) -> None:
    letter = written(world, "conflict_declared", "officer", member="V1", seat="evaluator")
    assert letter.subject == f"V1 declared a conflict of interest, {world.call.reference}"
    assert "appoint a replacement" in letter.text
    assert f"/calls/{world.call.reference}/committee/" in letter.text


def test_a_request_says_what_by_when_and_where(world: World) -> None:
    request = ask_completion(
        application=world.application("ana"), requirements=list(Requirement.objects.filter(call=world.call, code="A5")),
        message="Please join the signed declaration.", actor=world["chair"], now=clock.now(),
    )  # fmt: skip
    letter = written(world, "completion_request", "ana", completion=request.pk)
    assert "- A5 Déclaration sur l’honneur" in letter.text
    assert "Please join the signed declaration." in letter.text
    assert "Madrid time" in letter.text
    assert "<" not in letter.text
    assert f"/applications/{world.application('ana').reference}/" in letter.text


def test_the_evaluators_are_told_until_when(world: World) -> None:
    Call.objects.filter(pk=world.call.pk).update(scoring_until=world.call.opening_at)
    assert (
        "Please sign every sheet by Wednesday 13 March 2030, 11:00, Madrid time"
        in written(world, "evaluation_started", "v1").text
    )
