"""Ranking by the rows: what the engine is given, what it leaves behind, and what a second run changes."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection

from procurement.actions.rank_applications import rank_again, rank_applications
from procurement.enums import ApplicationState as S
from procurement.models import EngineRun
from procurement.queries.run import read_run
from procurement.scoring.engine import rank
from procurement.scoring.problem import parse
from procurement.scoring.record import digest
from tests.procurement.awards import GRENOBLE, Bid, label, priced, ranked, touch
from tests.procurement.committees import World, kept
from workflow import clock
from workflow.models import AuditEvent
from workflow.refusals import NoSuchMove, NotPermitted, Refused

pytestmark = pytest.mark.django_db
WHY = "The secretary wishes to see the same result again."


@pytest.fixture(scope="module")
def opened(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    yield from kept(django_db_blocker, lambda: priced(GRENOBLE, late=("lou",)))


@pytest.fixture
def world(opened: World, db: None) -> World:
    return opened.again()


def totals(run: EngineRun) -> dict[str, str]:
    return {line["ref"]: f"{Decimal(line['combined']):.2f}" for line in run.result["ranking"]}


def test_the_grenoble_call_is_ranked_by_nine_hundredths(world: World) -> None:
    run = ranked(world)
    assert totals(run) == {label(world, "ana"): "97.07", label(world, "ben"): "96.98"}
    assert run.result["winner"] == label(world, "ana")
    assert run.result["excluded"] == [{"ref": label(world, "cora"), "reason": "over_ceiling", "price_opened": True}]
    assert {who: world.application(who).state for who in world.applications} == {
        "ana": S.RANKED, "ben": S.RANKED, "cora": S.EXCLUDED, "dan": S.BELOW_THRESHOLD, "lou": S.LATE,
    }  # fmt: skip


def test_neither_the_late_one_nor_the_one_below_the_threshold_enters_the_problem(world: World) -> None:
    given = {one["ref"]: one for one in ranked(world).problem["applications"]}
    assert set(given) == {label(world, who) for who in ("ana", "ben", "cora")}
    assert given[label(world, "ana")]["marks"] == {"V1": {"C1": "78"}, "V2": {"C1": "81"}, "V3": {"C1": "78"}}
    assert given[label(world, "ana")]["price"] == "11800.00"


def test_the_record_is_checked_with_the_door_of_the_engine_alone(world: World) -> None:
    run = ranked(world)
    assert rank(parse(run.problem)).as_json() == run.result
    assert digest(problem_json=run.problem, result_json=run.result) == run.sha256


def test_the_same_run_twice_has_the_same_digest_and_both_are_kept(world: World) -> None:
    first = ranked(world)
    second = rank_again(call=world.fresh(), reason=WHY, actor=world["chair"], now=clock.now())
    third = rank_again(call=world.fresh(), reason=WHY, actor=world["chair"], now=clock.now())
    assert second.sha256 == third.sha256 != first.sha256  # the first run still had the one over the ceiling
    assert totals(first) == totals(third)
    assert [run.number for run in world.call.engine_runs.order_by("number")] == [1, 2, 3]


def test_a_record_that_was_touched_is_seen(world: World) -> None:
    run = ranked(world)
    assert read_run(run).faithful
    touch(run, result={**run.result, "winner": label(world, "ben")})
    assert not read_run(run).faithful
    touch(run, result=run.result)
    assert read_run(run).faithful
    prices = [{**one, "price": "1"} for one in run.problem["applications"]]
    touch(run, problem={**run.problem, "applications": prices})
    assert not read_run(run).faithful


def test_only_who_leads_the_committee_ranks_and_the_attempt_is_logged(world: World) -> None:
    for who in ("officer", "authority", "v1", "observer", "auditor", "ana"):
        with pytest.raises(NotPermitted):
            rank_applications(call=world.fresh(), actor=world[who], now=clock.now())
    refused = AuditEvent.objects.filter(scope=world.call.reference, act="rank", outcome="refused")
    assert refused.count() == 6
    assert not world.call.engine_runs.exists()


def test_ranking_again_wants_a_reason_and_a_ranking(world: World) -> None:
    with pytest.raises(NoSuchMove):
        rank_again(call=world.fresh(), reason=WHY, actor=world["chair"], now=clock.now())
    ranked(world)
    with pytest.raises(Refused) as refused:
        rank_again(call=world.fresh(), reason="too short", actor=world["chair"], now=clock.now())
    assert refused.value.codes == ["RSN-01"]
    with pytest.raises(NotPermitted):
        rank_again(call=world.fresh(), reason=WHY, actor=world["authority"], now=clock.now())


def test_nothing_is_ranked_before_the_prices_are_open(world: World) -> None:
    first = ranked(world)
    with pytest.raises(NoSuchMove):
        rank_applications(call=world.fresh(), actor=world["chair"], now=clock.now())
    assert world.call.engine_runs.get() == first


def test_a_price_that_is_not_stated_stops_the_ranking(db: None) -> None:
    from procurement.models import Envelope

    world = priced({"ana": Bid(80, 9000), "ben": Bid(90, 9500)})
    envelope = Envelope.objects.get(application=world.application("ben"), kind="financial", opened_at__isnull=False)
    envelope.content["price"]["total"] = ""
    with connection.cursor() as cursor:  # as if it had been opened so: the database keeps what was opened
        cursor.execute("SET LOCAL session_replication_role = replica")
        envelope.save()
        cursor.execute("SET LOCAL session_replication_role = origin")
    with pytest.raises(Refused) as refused:
        ranked(world)
    assert refused.value.codes == ["AWD-03"]
    assert label(world, "ben") in refused.value.reasons[0].sentence


def test_one_envelope_is_ranked_by_quality_alone(db: None) -> None:
    world = priced({"ana": Bid(80), "ben": Bid(90)}, two_envelopes=False)
    run = ranked(world)
    assert run.problem["method"] == "quality_only"
    assert [line["ref"] for line in run.result["ranking"]] == [label(world, "ben"), label(world, "ana")]
    assert all("price" not in one for one in run.problem["applications"])


def test_the_consensus_counts_where_the_rules_say_so(db: None) -> None:
    world = priced({"ana": Bid((80, 81, 81))}, rules={"technical_mark": "consensus"})
    run = ranked(world)
    assert run.problem["applications"][0]["marks"] == {"consensus": {"C1": "80.67"}}


@pytest.mark.parametrize(
    ("rules", "ana", "ben"),
    [
        ({"preset": "qcbs", "normalise": "none"}, "83.20", "82.58"),
        (
            {"preset": "points", "normalise": "max", "technical_weight": "70", "financial_weight": "30"},
            "85.30",
            "82.87",
        ),
    ],
)
def test_the_other_methods_rank_too(world: World, rules: dict[str, str], ana: str, ben: str) -> None:
    call = world.fresh()
    type(call).objects.filter(pk=call.pk).update(rules=call.rules | rules)
    expected = {"ana": ana, "ben": ben}
    assert totals(ranked(world)) == {label(world, who): total for who, total in expected.items()}
