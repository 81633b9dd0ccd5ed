"""An exclusion recomputes everybody: the cheapest leaves, and all that was relative to it changes."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from procurement.actions.exclude_application import exclude_application
from procurement.actions.return_proposal import return_proposal
from procurement.enums import ApplicationState as S
from tests.procurement.awards import Bid, label, priced, proposed, ranked
from tests.procurement.committees import World, kept
from workflow import clock
from workflow.refusals import NoSuchMove, NotPermitted, Refused

pytestmark = pytest.mark.django_db
WHY = "The declaration on honour turned out to be false."
# cora is the cheapest and comes first; without her ben does, and the prices are relative to his.
BIDS = {"ana": Bid(90, 12000), "ben": Bid(88, 10000), "cora": Bid(80, 5000)}


@pytest.fixture(scope="module")
def opened(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    yield from kept(django_db_blocker, lambda: priced(BIDS, late=("lou",)))


@pytest.fixture
def world(opened: World, db: None) -> World:
    return opened.again()


def exclude(world: World, who: str, *, actor: str = "chair", reason: str = WHY) -> Any:
    return exclude_application(application=world.application(who), reason=reason, actor=world[actor], now=clock.now())


def lines(run: Any) -> dict[str, tuple[int, str]]:
    return {one["ref"]: (one["rank"], f"{Decimal(one['financial_score']):.2f}") for one in run.result["ranking"]}


def test_the_cheapest_leaves_and_everybody_is_computed_again(world: World) -> None:
    before = ranked(world)
    exclude(world, "cora")
    after = world.fresh().engine_runs.latest("number")
    assert lines(before)[label(world, "ben")] == (3, "50.00")
    assert lines(after) == {label(world, "ben"): (1, "100.00"), label(world, "ana"): (2, "83.33")}
    assert after.reason == WHY
    assert world.call.engine_runs.count() == 2
    assert world.application("cora").exclusion_reason == WHY


def test_the_earlier_run_is_kept_as_it_was(world: World) -> None:
    before = ranked(world)
    exclude(world, "cora")
    stored = world.call.engine_runs.get(number=1)
    assert (stored.problem, stored.result, stored.sha256) == (before.problem, before.result, before.sha256)


def test_before_the_ranking_nothing_is_computed(world: World) -> None:
    exclude(world, "cora", actor="secretary")
    assert world.application("cora").state == S.EXCLUDED
    assert not world.call.engine_runs.exists()
    assert set(lines(ranked(world))) == {label(world, "ana"), label(world, "ben")}


def test_the_last_one_leaves_and_there_is_nothing_to_compute(world: World) -> None:
    ranked(world)
    for who in BIDS:
        exclude(world, who)
    assert world.call.engine_runs.count() == 3  # the first, and one after each exclusion but the last
    assert not world.call.applications.filter(state=S.RANKED).exists()


def test_a_reason_is_needed_and_only_the_leaders_exclude(world: World) -> None:
    with pytest.raises(Refused) as refused:
        exclude(world, "cora", reason="no")
    assert refused.value.codes == ["RSN-01"]
    for who in ("officer", "authority", "v1", "ana"):
        with pytest.raises(NotPermitted):
            exclude(world, "cora", actor=who)
    assert world.application("cora").state == S.PRICE_OPENED


def test_who_is_not_in_the_race_cannot_leave_it(world: World) -> None:
    with pytest.raises(NoSuchMove):
        exclude(world, "lou")


def test_a_proposed_award_is_returned_before_anybody_is_excluded(world: World) -> None:
    ranked(world)
    proposed(world)
    with pytest.raises(Refused) as refused:
        exclude(world, "cora")
    assert refused.value.codes == ["EXC-01"]
    return_proposal(call=world.fresh(), reason=WHY, actor=world["authority"], now=clock.now())
    exclude(world, "cora")
    assert world.fresh().engine_runs.count() == 2
