"""Signing: complete, once, final; the last expected signature shares the marks, and its cost does not grow."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from procurement.actions.disclose_marks import start_consensus
from procurement.actions.save_mark import save_sheet_comment
from procurement.actions.sign_sheet import sheet_digest, sign_sheet
from procurement.models import Call, Consensus, Score, ScoreSheet
from tests.procurement.committees import VOTING, World, kept
from tests.procurement.panels import COMMENT, GOOD, fill, score, scoring, sheet_of, sign
from workflow import clock
from workflow.models import AuditEvent, OutboxMessage
from workflow.refusals import NotPermitted, Refused

pytestmark = pytest.mark.django_db
SIGNING = 15  # questions to the database, savepoints included, whatever the number of applications


@pytest.fixture(scope="module")
def at_work(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    yield from kept(django_db_blocker, lambda: scoring("ana", "ben", "cleo"))


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with override("en"):
        yield


@pytest.fixture
def world(at_work: World, db: None) -> World:
    return at_work.again()


def ask_for_comments(world: World) -> None:
    Call.objects.filter(pk=world.call.pk).update(rules=world.call.rules | {"comment_minimum": 10})


def test_what_is_missing_is_named(world: World) -> None:
    fill(world, "v1", "ana", {"C1a": "8"})

    with pytest.raises(Refused) as refused:
        sign(world, "v1", "ana")

    assert refused.value.codes == ["SHT-05"]
    assert refused.value.reasons[0].sentence == "These criteria have no mark: C1b, C2."


def test_a_comment_is_compulsory_where_the_rules_say_so(world: World) -> None:
    ask_for_comments(world)
    fill(world, "v1", "ana", comment="Too short")

    with pytest.raises(Refused) as refused:
        sign(world, "v1", "ana")
    fill(world, "v1", "ana", comment="0123456789")

    assert refused.value.codes == ["SHT-07"]
    assert sign(world, "v1", "ana").state == "signed"


def test_a_mark_lowered_below_a_new_maximum_is_seen_at_the_signature(world: World) -> None:
    fill(world, "v1", "ana")
    world.call.criteria.filter(code="C1a").update(maximum=7)

    with pytest.raises(Refused) as refused:
        sign(world, "v1", "ana")

    assert refused.value.codes == ["SHT-06"]


def test_signing_is_once_and_for_all(world: World) -> None:
    first = fill(world, "v1", "ana")
    second = sheet_of(world, "v1", "ana")  # the other window
    sign_sheet(sheet=first, actor=world["v1"], now=clock.now())

    with pytest.raises(Refused) as refused:
        sign_sheet(sheet=second, actor=world["v1"], now=clock.now())

    assert refused.value.codes == ["MOVE"]
    assert AuditEvent.objects.filter(act="sign", outcome="done", target="signed").count() == 1


def test_nobody_signs_for_another(world: World) -> None:
    sheet = fill(world, "v1", "ana")

    for who in ("v2", "chair", "officer"):
        with pytest.raises(NotPermitted):
            sign_sheet(sheet=sheet, actor=world[who], now=clock.now())


def test_the_digest_is_of_the_marks_the_comments_and_the_general_comment(world: World) -> None:
    sheet = fill(world, "v1", "ana")
    plain = sheet_digest(sheet)
    save_sheet_comment(sheet=sheet, comment="Sound.", actor=world["v1"], now=clock.now())
    signed = sign(world, "v1", "ana")

    assert signed.sha256 == sheet_digest(sheet_of(world, "v1", "ana")) != plain
    assert AuditEvent.objects.get(act="sign", outcome="done").details == {"sha256": signed.sha256}


def test_the_last_expected_signature_shares_the_marks_by_itself(world: World) -> None:
    score(world, of=("v1", "v2"))
    for applicant in ("ana", "ben"):
        fill(world, "v3", applicant)
        sign(world, "v3", applicant)
    fill(world, "v3", "cleo")
    assert world.fresh().state == "evaluation"

    sign(world, "v3", "cleo")

    assert world.fresh().state == "consensus"
    moved = AuditEvent.objects.get(act="start_consensus", outcome="done")
    assert moved.actor_id is None
    assert Consensus.objects.filter(application__call=world.call, settled_at=None).count() == 3
    told = OutboxMessage.objects.filter(payload__kind="marks_shared")
    assert {message.payload["user_id"] for message in told} == {
        world[who].pk for who in ("chair", "secretary", *VOTING)
    }


def test_an_evaluator_without_any_sheet_holds_the_marks_back(world: World) -> None:
    """Completeness is compared with members by applications, not with the rows that exist."""
    sheet_of(world, "v3", "cleo").delete()
    score_but(world, "v3", "cleo")

    assert not ScoreSheet.objects.filter(state="draft").exists()
    assert world.fresh().state == "evaluation"
    with pytest.raises(Refused) as refused:
        start_consensus(call=world.fresh(), actor=world["chair"], now=clock.now())
    assert refused.value.codes == ["PAN-09"]
    assert refused.value.reasons[0].sentence == "These score sheets are not signed: V3 E3."


def score_but(world: World, evaluator: str, applicant: str) -> None:
    for one in VOTING:
        for other in world.applications:
            if (one, other) != (evaluator, applicant):
                fill(world, one, other)
                sign(world, one, other)


def test_a_member_who_left_is_not_waited_for_but_must_be_replaced(world: World) -> None:
    from procurement.actions.end_seat import end_seat

    score(world, of=("v1", "v2"))
    end_seat(member=world.seat("v3"), reason="Called away to another task.", actor=world["officer"], now=clock.now())

    with pytest.raises(Refused) as refused:
        start_consensus(call=world.fresh(), actor=world["chair"], now=clock.now())
    assert refused.value.codes == ["PAN-04"]

    Call.objects.filter(pk=world.call.pk).update(rules=world.call.rules | {"minimum_voting": 2})
    assert start_consensus(call=world.fresh(), actor=world["chair"], now=clock.now()).state == "consensus"


@pytest.mark.parametrize("applicants", [("ana",), ("ana", "ben", "cleo")])
def test_a_signature_costs_the_same_whatever_the_number_of_applications(applicants: tuple[str, ...]) -> None:
    world = scoring(*applicants)
    sheet, now = ScoreSheet.objects.get(pk=fill(world, "v1", "ana").pk), clock.now()

    with CaptureQueriesContext(connection) as asked:
        sign_sheet(sheet=sheet, actor=world["v1"], now=now)

    assert len(asked) == SIGNING
    assert sheet_of(world, "v1", "ana").state == "signed"


LAST = 58  # the signature that shares the marks, its five mails and its papers' message included


@pytest.mark.parametrize("applicants", [("ana",), ("ana", "ben", "cleo")])
def test_the_signature_that_shares_the_marks_costs_the_same_too(applicants: tuple[str, ...]) -> None:
    world = scoring(*applicants)
    last = applicants[-1]
    for evaluator in VOTING:
        for applicant in applicants:
            fill(world, evaluator, applicant)
            if (evaluator, applicant) != ("v3", last):
                sign(world, evaluator, applicant)

    sheet, now = sheet_of(world, "v3", last), clock.now()
    with CaptureQueriesContext(connection) as asked:
        sign_sheet(sheet=sheet, actor=world["v3"], now=now)

    assert world.fresh().state == "consensus"
    assert len(asked) == LAST


def test_the_marks_under_a_signature_are_those_typed(world: World) -> None:
    fill(world, "v1", "ana")
    signed = sign(world, "v1", "ana")

    kept_marks = Score.objects.filter(sheet=signed).values_list("criterion__code", "mark", "comment")
    assert {code: (str(mark.normalize()), comment) for code, mark, comment in kept_marks} == {
        code: (mark if mark != "60" else "6E+1", COMMENT) for code, mark in GOOD.items()
    }
