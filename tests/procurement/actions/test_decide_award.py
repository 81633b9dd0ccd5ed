"""From the report to the decision: signed by all, proposed, returned, decided, and never for anybody but the first."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from procurement.actions.decide_award import decide_award
from procurement.actions.exclude_application import exclude_application
from procurement.actions.propose_award import propose_award
from procurement.actions.return_proposal import return_proposal
from procurement.actions.sign_paper import sign_paper
from procurement.actions.write_evaluation_report import write_evaluation_report
from procurement.enums import ApplicationState as S
from procurement.enums import PaperKind
from procurement.letters import registry
from procurement.models import Award
from tests.procurement.awards import (
    GRENOBLE,
    REASONS,
    decided,
    label,
    priced,
    proposed,
    ranked,
    reported,
    write_reports,
)
from tests.procurement.committees import World, kept, sign_report
from workflow import clock
from workflow.models import OutboxMessage
from workflow.refusals import NoSuchMove, NotPermitted, Refused

pytestmark = pytest.mark.django_db
WHY = "The report does not say why the price is plausible."


@pytest.fixture(scope="module")
def ready(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    def build() -> World:
        world = priced(GRENOBLE, late=("lou",))
        ranked(world)
        return world

    yield from kept(django_db_blocker, build)


@pytest.fixture
def world(ready: World, db: None) -> World:
    return ready.again()


def propose(world: World, who: str = "chair") -> Any:
    return propose_award(call=world.fresh(), actor=world[who], now=clock.now())


def decide(world: World, who: str = "authority", reasons: str = REASONS) -> Award:
    return decide_award(call=world.fresh(), reasons=reasons, actor=world[who], now=clock.now())


def facts_of(world: World, kind: PaperKind) -> dict[str, Any]:
    return dict(world.fresh().papers.filter(kind=kind).latest("number").facts)


def mails(kind: str) -> set[int]:
    return {one.payload["user_id"] for one in OutboxMessage.objects.filter(payload__kind=kind)}


def test_the_report_says_what_was_received_marked_priced_and_ranked(world: World) -> None:
    write_evaluation_report(
        call=world.fresh(),
        recommendation="We recommend ana.",
        remarks="Prices were checked.",
        actor=world["chair"],
        now=clock.now(),
    )
    facts = facts_of(world, PaperKind.EVALUATION_REPORT)
    run = world.call.engine_runs.get()
    assert facts["engine"]["sha256"] == run.sha256
    assert {one["applicant"]["label"]: one["outcome"] for one in facts["received"]} == {
        label(world, "ana"): "ranked", label(world, "ben"): "ranked", label(world, "cora"): "over_ceiling",
        label(world, "dan"): "below_threshold", label(world, "lou"): "late",
    }  # fmt: skip
    assert [one["combined"][:5] for one in facts["ranking"]] == ["97.07", "96.97"]
    assert {one["applicant"]["label"]: one["price_opened"] for one in facts["exclusions"]} == {
        label(world, "cora"): True, label(world, "dan"): False, label(world, "lou"): False,
    }  # fmt: skip
    assert facts["recommended"]["label"] == label(world, "ana")
    assert [one["total"] for one in facts["assessments"][0]["sheets"]] == ["78", "81", "78"]
    assert (facts["recommendation"], facts["financial_remarks"]) == ("We recommend ana.", "Prices were checked.")
    assert registry.render(kind="evaluation_report", written=facts).startswith(b"PK")


def test_the_price_below_the_threshold_stands_nowhere_in_the_report(world: World) -> None:
    write_evaluation_report(call=world.fresh(), actor=world["chair"], now=clock.now())
    assert "9000" not in str(facts_of(world, PaperKind.EVALUATION_REPORT))
    assert "14600" in str(facts_of(world, PaperKind.EVALUATION_REPORT))


def test_the_proposal_waits_for_the_report_and_for_every_signature(world: World) -> None:
    with pytest.raises(Refused) as refused:
        propose(world)
    assert refused.value.codes == ["AWD-06", "AWD-07"]
    write_evaluation_report(call=world.fresh(), actor=world["secretary"], now=clock.now())
    assert mails("report_to_sign") >= {world[who].pk for who in ("v1", "v2", "v3")}
    write_reports()
    sign_report(world, PaperKind.EVALUATION_REPORT, "v1", "v2")
    with pytest.raises(Refused) as refused:
        propose(world)
    assert (refused.value.codes, "V3" in refused.value.reasons[0].sentence) == (["AWD-07"], True)
    sign_report(world, PaperKind.EVALUATION_REPORT, "v3")
    assert propose(world).state == "award_proposed"
    assert mails("award_proposed") == {world["authority"].pk}


def test_a_report_on_an_earlier_run_does_not_count(world: World) -> None:
    reported(world)
    exclude_application(
        application=world.application("ben"),
        reason="A false declaration on honour.",
        actor=world["chair"],
        now=clock.now(),
    )
    with pytest.raises(Refused) as refused:
        propose(world)
    assert refused.value.codes == ["AWD-06"]


def test_a_dissent_is_recorded_and_printed_in_the_decision(world: World) -> None:
    write_evaluation_report(call=world.fresh(), actor=world["secretary"], now=clock.now())
    write_reports()
    paper = world.fresh().papers.filter(kind=PaperKind.EVALUATION_REPORT).get()
    sign_paper(paper=paper, actor=world["v1"], now=clock.now(), dissent="I would have marked the method lower.")
    sign_report(world, PaperKind.EVALUATION_REPORT, "v2", "v3")
    propose(world)
    decide(world)
    assert "I would have marked the method lower." in str(facts_of(world, PaperKind.AWARD_DECISION)["grounds"])


def test_the_chair_proposes_and_nobody_else(world: World) -> None:
    reported(world)
    for who in ("secretary", "officer", "authority", "v1", "auditor", "ana"):
        with pytest.raises(NotPermitted):
            propose(world, who)


def test_a_proposal_goes_back_with_a_reason(world: World) -> None:
    proposed(world)
    with pytest.raises(Refused):
        return_proposal(call=world.fresh(), reason="no", actor=world["authority"], now=clock.now())
    assert world.fresh().state == "award_proposed"
    returned = return_proposal(call=world.fresh(), reason=WHY, actor=world["authority"], now=clock.now())
    assert returned.state == "ranked"
    assert mails("proposal_returned") == {world["chair"].pk, world["secretary"].pk}
    assert propose(world).state == "award_proposed"  # the report is still signed


def test_the_decision_goes_to_the_first_for_the_price_that_was_ranked(world: World) -> None:
    award = decided(world)
    assert (award.application, award.amount) == (world.application("ana"), Decimal(11800))
    assert award.run == world.call.engine_runs.get()
    assert {who: world.application(who).state for who in world.applications} == {
        "ana": S.WINNER, "ben": S.NOT_SELECTED, "cora": S.EXCLUDED, "dan": S.BELOW_THRESHOLD, "lou": S.LATE,
    }  # fmt: skip
    assert world.fresh().state == "award_decided"
    assert mails("award_decided") == {world["officer"].pk}


def test_nobody_can_name_another_winner() -> None:
    assert set(inspect.signature(decide_award).parameters) == {"call", "reasons", "actor", "now"}


def test_a_second_award_to_another_one_is_refused_by_the_guard(world: World) -> None:
    proposed(world)
    run = world.fresh().engine_runs.get()
    Award.objects.create(
        call=world.call,
        application=world.application("ben"),
        run=run,
        decided_by=world["authority"],
        decided_at=clock.now(),
    )
    with pytest.raises(Refused) as refused:
        decide(world)
    assert refused.value.codes == ["AWD-08"]


def test_the_decision_wants_reasons_and_the_authority(world: World) -> None:
    proposed(world)
    with pytest.raises(Refused) as refused:
        decide(world, reasons="cheapest")
    assert refused.value.codes == ["RSN-01"]
    for who in ("officer", "approver", "chair", "auditor", "v1"):
        with pytest.raises(NotPermitted):
            decide(world, who)
    assert not Award.objects.filter(call=world.call).exists()


def test_the_decision_is_written_in_word_with_its_reasons(world: World) -> None:
    decided(world)
    facts = facts_of(world, PaperKind.AWARD_DECISION)
    assert facts["winner"]["applicant"]["label"] == label(world, "ana")
    assert (facts["reasons"], facts["standstill_days"]) == (REASONS, 10)
    assert registry.render(kind="award_decision", written=facts).startswith(b"PK")


def test_nothing_is_decided_twice(world: World) -> None:
    decided(world)
    with pytest.raises(NoSuchMove):
        decide(world)
