"""The chair writes the consensus beside the sheets; a wide spread needs its reason, a settled one stays."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from procurement.actions.write_consensus import (
    reopen_consensus,
    save_consensus_comment,
    save_consensus_mark,
    settle_consensus,
)
from procurement.models import Call, ConsensusMark, Score
from tests.procurement.committees import World, kept
from tests.procurement.panels import GOOD, agree, consensus_of, fill, hear, scoring, sign
from workflow import clock
from workflow.models import AuditEvent
from workflow.refusals import NotPermitted, Refused

pytestmark = pytest.mark.django_db
REASON = "Two of the three sources are named in the annex, which V1 had not read."


def disputed(**how: Any) -> World:
    """Return a call in consensus: on Ana's C1a the evaluators gave 5, 8 and 9 of 10."""
    world = scoring(**how)
    for evaluator, mark in {"v1": "5", "v2": "8", "v3": "9"}.items():
        fill(world, evaluator, "ana", {**GOOD, "C1a": mark})
        fill(world, evaluator, "ben")
        sign(world, evaluator, "ana")
        sign(world, evaluator, "ben")
    world.fresh()
    return world


@pytest.fixture(scope="module")
def sharing(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    yield from kept(django_db_blocker, disputed)


@pytest.fixture
def world(sharing: World, db: None) -> World:
    return sharing.again()


def sheets() -> list[Any]:
    return list(Score.objects.order_by("pk").values_list("pk", "mark", "comment", "sheet__sha256"))


def test_the_originals_are_untouched(world: World) -> None:
    before = sheets()
    agree(world, "ana", {**GOOD, "C1a": "7.5"}, reason=REASON)

    assert len(before) == 18
    assert sheets() == before
    assert ConsensusMark.objects.get(criterion__code="C1a").mark == Decimal("7.5")


def test_a_wide_spread_needs_its_reason(world: World) -> None:
    agree(world, "ana", settle=False)
    with pytest.raises(Refused) as without:
        settle_consensus(consensus=consensus_of(world, "ana"), actor=world["chair"], now=clock.now())
    assert without.value.codes == ["CNS-04"]

    agree(world, "ana", {"C1a": "7"}, reason=REASON)
    assert consensus_of(world, "ana").settled_by == world["chair"]


def test_a_spread_of_exactly_the_limit_needs_none(world: World) -> None:
    Call.objects.filter(pk=world.call.pk).update(rules=world.call.rules | {"spread_percent": 40})  # 5 and 9 of 10
    agree(world, "ana")

    assert consensus_of(world, "ana").settled_at is not None


def test_a_missing_mark_is_named(world: World) -> None:
    agree(world, "ben", {"C1a": "8"}, settle=False)

    with pytest.raises(Refused) as refused:
        settle_consensus(consensus=consensus_of(world, "ben"), actor=world["chair"], now=clock.now())

    assert refused.value.codes == ["CNS-03"]
    assert refused.value.reasons[0].values == {"codes": ("C1b", "C2")}


@pytest.mark.parametrize("who", ["secretary", "v1", "officer", "auditor", "observer"])
def test_nobody_but_the_chair_writes_it(world: World, who: str) -> None:
    with pytest.raises(NotPermitted):
        save_consensus_mark(
            consensus=consensus_of(world, "ben"), criterion=world.call.criteria.get(code="C1a"), mark=Decimal(8), reason="",
            actor=world[who], now=clock.now(),
        )  # fmt: skip
    with pytest.raises(NotPermitted):
        save_consensus_comment(
            consensus=consensus_of(world, "ben"), comment="Sound.", actor=world[who], now=clock.now()
        )
    with pytest.raises(NotPermitted):
        settle_consensus(consensus=consensus_of(world, "ben"), actor=world[who], now=clock.now())


def test_an_agreed_mark_keeps_to_the_scale(world: World) -> None:
    with pytest.raises(Refused) as refused:
        agree(world, "ben", {"C1a": "10.5"})

    assert refused.value.codes == ["SHT-08"]


def test_a_settled_consensus_is_taken_up_again_with_a_reason_only(world: World) -> None:
    settled = agree(world, "ben")
    with pytest.raises(Refused) as closed:
        agree(world, "ben", {"C1a": "9"})
    assert closed.value.codes == ["CNS-02"]

    with pytest.raises(Refused) as short:
        reopen_consensus(consensus=settled, reason="Oh.", actor=world["chair"], now=clock.now())
    assert short.value.codes == ["RSN-01"]

    reopen_consensus(
        consensus=settled, reason="The mark of C1a was copied wrongly.", actor=world["chair"], now=clock.now()
    )
    assert agree(world, "ben", {"C1a": "9"}).settled_at is not None
    assert AuditEvent.objects.filter(act="settle_consensus", outcome="done").count() == 2


def test_an_application_to_be_heard_is_not_settled_before() -> None:
    world = disputed(interview=True, rules={"shortlist_mark": "78"})  # Ana has 79.33 on file, Ben 80

    with pytest.raises(Refused) as refused:
        agree(world, "ben")
    assert refused.value.codes == ["CNS-05"]

    hear(world, "ana", "ben")
    agree(world, "ben", {**GOOD, "C3": "8"})
    assert consensus_of(world, "ben").settled_at is not None


def test_an_application_below_the_mark_is_settled_without_interview() -> None:
    world = disputed(interview=True, rules={"shortlist_mark": "80"})

    assert agree(world, "ana", reason=REASON).settled_at is not None
    with pytest.raises(Refused) as refused:
        agree(world, "ben")
    assert refused.value.codes == ["CNS-05"]
