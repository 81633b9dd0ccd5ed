"""An award is withdrawn before the contract: the next one comes first, and who is concerned is told anew."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from procurement.actions.approve_letter import approve_letter
from procurement.actions.decide_award import decide_award
from procurement.actions.draft_letters import draft_letters
from procurement.actions.propose_award import propose_award
from procurement.actions.send_letters import send_letters
from procurement.actions.withdraw_award import withdraw_award
from procurement.enums import ApplicationState as S
from procurement.enums import LetterKind as K
from procurement.models import Award, Letter
from procurement.queries.award_notice import award_notice
from tests.procurement.awards import GRENOBLE, REASONS, awarded, label, notified, priced, ranked, reported
from tests.procurement.committees import World, kept
from workflow import clock
from workflow.refusals import NoSuchMove, NotPermitted, Refused

pytestmark = pytest.mark.django_db
WHY = "The winner could not prove the references that were declared."


@pytest.fixture(scope="module")
def told(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    def build() -> World:
        world = priced(GRENOBLE, late=("lou",))
        ranked(world)
        notified(world)
        return world

    yield from kept(django_db_blocker, build)


@pytest.fixture
def world(told: World, db: None) -> World:
    return told.again()


def withdraw(world: World, who: str = "authority", reason: str = WHY, **how: Any) -> Award:
    return withdraw_award(call=world.fresh(), reason=reason, actor=world[who], now=clock.now(), **how)


def test_the_winner_leaves_and_the_next_one_comes_first(world: World) -> None:
    award = withdraw(world)
    assert (award.withdrawn_by, award.withdrawal_reason) == (world["authority"], WHY)
    assert (world.fresh().state, world.call.standstill_until, world.call.next_check_at) == ("ranked", None, None)
    assert (world.application("ana").state, world.application("ben").state) == (S.EXCLUDED, S.RANKED)
    run = world.call.engine_runs.latest("number")
    assert (run.result["winner"], run.reason) == (label(world, "ben"), WHY)


def test_the_winner_may_stay_in_the_race(world: World) -> None:
    withdraw(world, keep_winner=True)
    assert world.application("ana").state == S.RANKED
    assert world.fresh().engine_runs.latest("number").result["winner"] == label(world, "ana")


def test_only_the_authority_withdraws_and_says_why(world: World) -> None:
    for who in ("officer", "chair", "approver", "auditor"):
        with pytest.raises(NotPermitted):
            withdraw(world, who)
    with pytest.raises(Refused) as refused:
        withdraw(world, reason="no")
    assert refused.value.codes == ["RSN-01"]
    assert world.fresh().state == "standstill"


def test_the_old_report_and_the_old_letters_carry_no_second_award(world: World) -> None:
    withdraw(world)
    with pytest.raises(Refused) as refused:
        propose_award(call=world.fresh(), actor=world["chair"], now=clock.now())
    assert refused.value.codes == ["AWD-06"]
    reported(world)
    propose_award(call=world.fresh(), actor=world["chair"], now=clock.now())
    decide_award(call=world.fresh(), reasons=REASONS, actor=world["authority"], now=clock.now())
    with pytest.raises(Refused) as refused:
        send_letters(call=world.fresh(), actor=world["officer"], now=clock.now())
    assert "LET-03" in refused.value.codes


def test_a_second_round_tells_those_who_were_told_of_the_first_winner(world: World) -> None:
    withdraw(world)
    reported(world)
    propose_award(call=world.fresh(), actor=world["chair"], now=clock.now())
    decide_award(call=world.fresh(), reasons=REASONS, actor=world["authority"], now=clock.now())
    letters = draft_letters(call=world.fresh(), actor=world["officer"], now=clock.now())
    assert {one.application_id: (one.round, one.kind) for one in letters} == {
        world.applications["ana"].pk: (2, K.EXCLUDED), world.applications["ben"].pk: (2, K.AWARD),
        world.applications["cora"].pk: (2, K.EXCLUDED), world.applications["dan"].pk: (2, K.BELOW_THRESHOLD),
    }  # fmt: skip
    for letter in letters:
        approve_letter(letter=letter, actor=world["officer"], now=clock.now())
    assert send_letters(call=world.fresh(), actor=world["officer"], now=clock.now()).state == "standstill"
    assert Letter.objects.filter(application=world.applications["lou"]).count() == 1


def test_one_award_lives_and_the_withdrawn_one_is_kept(world: World) -> None:
    withdraw(world)
    reported(world)
    propose_award(call=world.fresh(), actor=world["chair"], now=clock.now())
    decide_award(call=world.fresh(), reasons=REASONS, actor=world["authority"], now=clock.now())
    awards = world.call.awards.order_by("id")
    assert [(one.application_id, one.withdrawn_at is None) for one in awards] == [
        (world.applications["ana"].pk, False), (world.applications["ben"].pk, True),
    ]  # fmt: skip


def test_a_final_award_can_be_withdrawn_and_its_notice_leaves_the_public(db: None) -> None:
    world = priced({"ana": GRENOBLE["ana"], "ben": GRENOBLE["ben"]}, withdrawn=("wim",))
    ranked(world)
    notice = award_notice(awarded(world))
    assert notice is not None
    assert (notice.winner, notice.received, notice.late, notice.withdrawn) == ("Ana Applicant", 2, 0, 1)
    withdraw(world)
    assert award_notice(world.fresh()) is None


def test_there_is_nothing_to_withdraw_before_the_letters_went(db: None) -> None:
    world = priced({"ana": GRENOBLE["ana"]})
    ranked(world)
    with pytest.raises(NoSuchMove):
        withdraw(world)
