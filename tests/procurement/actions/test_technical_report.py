"""The technical report: written when everything is settled, signed by all, current; then the marks are settled for ever."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from procurement.actions.declare_impartiality import declare_impartiality
from procurement.actions.sign_technical import sign_technical
from procurement.actions.write_consensus import reopen_consensus
from procurement.actions.write_technical_report import write_technical_report
from procurement.enums import PaperKind
from procurement.models import Call
from tests.procurement.committees import VOTING, World, kept, seat_member, sign_report, write_papers
from tests.procurement.panels import GOOD, POOR, agree, consensus_of, fill, report, score, scoring, sheet_of, sign
from workflow import clock
from workflow.models import OutboxMessage
from workflow.refusals import NotPermitted, Refused

pytestmark = pytest.mark.django_db
REASON = "The mark of C1a was copied wrongly."


def agreed() -> World:
    """Ana has 80 and passes 75, Ben has 62; both settled."""
    world = score(scoring(), {"ana": GOOD, "ben": POOR})
    agree(world, "ana")
    agree(world, "ben", POOR)
    return world


@pytest.fixture(scope="module")
def settled(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    yield from kept(django_db_blocker, agreed)


@pytest.fixture
def world(settled: World, db: None) -> World:
    return settled.again()


def close(world: World, who: str = "chair") -> Call:
    return sign_technical(call=world.fresh(), actor=world[who], now=clock.now())


def codes(world: World) -> list[str]:
    with pytest.raises(Refused) as refused:
        close(world)
    return refused.value.codes


def test_the_report_holds_marks_and_no_price(world: World) -> None:
    paper = report(world)

    facts = paper.facts
    told = {one["applicant"]["label"]: (one["total"], one["passed"]) for one in facts["assessments"]}
    assert told == {"E1": ("80", True), "E2": ("62", False)}
    assert [sheet["total"] for sheet in facts["assessments"][0]["sheets"]] == ["80", "80", "80"]
    assert "prices" not in facts
    assert "ranking" not in facts
    assert paper.file is not None
    assert OutboxMessage.objects.filter(payload__kind="report_to_sign").count() == 3


@pytest.mark.parametrize("who", ["v1", "officer", "auditor", "observer"])
def test_the_chair_or_the_secretary_writes_it(world: World, who: str) -> None:
    with pytest.raises(NotPermitted):
        write_technical_report(call=world.fresh(), actor=world[who], now=clock.now())


def test_nothing_is_written_before_every_consensus_is_settled(world: World) -> None:
    reopen_consensus(consensus=consensus_of(world, "ben"), reason=REASON, actor=world["chair"], now=clock.now())

    with pytest.raises(Refused) as refused:
        report(world)

    assert refused.value.codes == ["PAN-15"]


def test_the_marks_are_settled_when_every_evaluator_signed(world: World) -> None:
    assert codes(world) == ["PAN-16", "PAN-17"]
    report(world, "v1", "v2")
    assert codes(world) == ["PAN-17"]
    sign_report(world, PaperKind.TECHNICAL_REPORT, "v3")

    close(world)

    assert world.fresh().state == "technical_signed"
    assert (world.application("ana").state, world.application("ana").technical_mark) == ("passed", Decimal(80))
    assert (world.application("ben").state, world.application("ben").technical_mark) == ("below_threshold", Decimal(62))


def test_a_report_older_than_a_consensus_does_not_do(world: World) -> None:
    report(world, *VOTING)
    reopen_consensus(consensus=consensus_of(world, "ben"), reason=REASON, actor=world["chair"], now=clock.now())
    agree(world, "ben", {"C1a": "6"})
    assert codes(world) == ["PAN-18"]

    report(world, *VOTING)
    assert close(world).state == "technical_signed"


def test_a_new_report_asks_for_every_signature_anew(world: World) -> None:
    report(world, *VOTING)
    report(world)

    assert codes(world) == ["PAN-17"]


def test_a_member_with_a_conflict_takes_their_marks_along(world: World) -> None:
    Call.objects.filter(pk=world.call.pk).update(rules=world.call.rules | {"minimum_voting": 2})
    report(world, *VOTING)
    declare_impartiality(
        call=world.fresh(), actor=world["v3"], now=clock.now(), conflict=True,
        with_applications=[world.application("ana")], statement="We wrote a study together last year.",
    )  # fmt: skip
    assert codes(world) == ["PAN-18"]

    paper = report(world, "v1", "v2")
    assert [one["evaluator"] for one in paper.facts["assessments"][0]["sheets"]] == ["V1", "V2"]
    assert close(world).state == "technical_signed"


def test_too_few_evaluators_settle_nothing(world: World) -> None:
    report(world, *VOTING)
    declare_impartiality(
        call=world.fresh(), actor=world["v3"], now=clock.now(), conflict=True,
        with_applications=[world.application("ana")], statement="We wrote a study together last year.",
    )  # fmt: skip

    assert codes(world)[0] == "PAN-04"


def test_who_replaces_a_member_marks_without_knowing_and_counts(world: World) -> None:
    declare_impartiality(
        call=world.fresh(), actor=world["v3"], now=clock.now(), conflict=True,
        with_applications=[world.application("ana")], statement="We wrote a study together last year.",
    )  # fmt: skip
    seat_member(world, "v4")
    declare_impartiality(call=world.fresh(), actor=world["v4"], now=clock.now())
    assert sheet_of(world, "v4", "ana").state == "draft"
    with pytest.raises(Refused) as missing:
        report(world)
    assert missing.value.codes == ["PAN-09"]

    for applicant in ("ana", "ben"):
        fill(world, "v4", applicant, {**GOOD, "C2": "75"})
        sign(world, "v4", applicant)
    paper = report(world, "v1", "v2", "v4")

    assert paper.facts["assessments"][0]["total"] == "85"  # 80, 80 and 95
    assert close(world).state == "technical_signed"


def test_with_the_consensus_rule_the_agreed_marks_count(world: World) -> None:
    Call.objects.filter(pk=world.call.pk).update(rules=world.call.rules | {"technical_mark": "consensus"})
    reopen_consensus(consensus=consensus_of(world, "ben"), reason=REASON, actor=world["chair"], now=clock.now())
    agree(world, "ben", GOOD)
    report(world, *VOTING)
    close(world)

    assert (world.application("ben").state, world.application("ben").technical_mark) == ("passed", Decimal(80))


def test_a_minimum_that_is_missed_excludes_whatever_the_total(world: World) -> None:
    world.call.criteria.filter(code="C1").update(minimum=21)  # Ana has 20 there, and 80 in all
    report(world, *VOTING)
    write_papers()
    close(world)

    assert world.application("ana").state == "below_threshold"
