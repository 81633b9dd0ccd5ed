"""What stands between a draft and the public, one condition at a time: a sound draft with one thing wrong."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from procurement.rules import publication as rules
from procurement.rules.draft_facts import CriterionFacts, PublicationFacts
from workflow.guards import objections_to

NOW = datetime(2020, 1, 27, 10, tzinfo=UTC)
DEADLINE = datetime(2020, 3, 12, 16, tzinfo=UTC)
TOP = CriterionFacts(
    "C1", titled=True, maximum=Decimal(60), minimum=Decimal(30), children=(Decimal(40), Decimal(20)), top=True
)
PART = CriterionFacts("C1a", titled=True, maximum=Decimal(40), minimum=None, children=(), top=False)
SOUND = PublicationFacts(
    now=NOW,
    zone="Europe/Madrid",
    missing_texts=(),
    ceiling_mode="public_binding",
    ceiling_amount=Decimal(14000),
    criteria=(TOP, PART, replace(TOP, code="C2", maximum=Decimal(40), minimum=None, children=())),
    total=Decimal(100),
    technical_weight=Decimal("0.80"),
    financial_weight=Decimal("0.20"),
    weights_total=Decimal(1),
    threshold=Decimal(75),
    two_envelopes=True,
    technical_requirements=7,
    financial_requirements=1,
    dates=(
        ("publication", datetime(2020, 2, 3, 8, tzinfo=UTC)),
        ("deadline", DEADLINE),
        ("opening", DEADLINE + timedelta(hours=17)),
        ("financial opening", DEADLINE + timedelta(days=13)),
        ("decision", DEADLINE + timedelta(days=19)),
    ),
    deadline=DEADLINE,
    publish_at=datetime(2020, 2, 3, 8, tzinfo=UTC),
    minimum_days=15,
    unexplained=(),
    payments=(Decimal(20), Decimal(80)),
    seats=("chair", "secretary", "evaluator", "evaluator", "evaluator", "observer"),
    minimum_voting=3,
    odd_voting=True,
    key_holders=4,
    unconfirmed_holders=(),
    quorum=2,
    notice_ready=True,
    suspended_at=None,
    latest_deadline=None,
)
DOUBLED = datetime(2020, 10, 25, 0, 30, tzinfo=UTC)  # 02:30 in Madrid, which comes twice that night


def codes(guards: Any, facts: PublicationFacts) -> list[str]:
    return [objection.code for objection in objections_to(tuple(guards), facts)]


def test_a_sound_draft_meets_every_condition() -> None:
    assert codes(rules.COMPLETE, SOUND) == []
    assert codes(rules.PUBLISHABLE, SOUND) == []


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"missing_texts": ("context",)}, "PUB-01"),
        ({"ceiling_mode": ""}, "PUB-02"),
        ({"ceiling_amount": None}, "PUB-02"),
        ({"criteria": ()}, "PUB-03"),
        ({"criteria": (replace(TOP, titled=False),)}, "PUB-04"),
        ({"criteria": (replace(TOP, maximum=None, minimum=None, children=()),)}, "PUB-04"),
        ({"total": Decimal("99.99"), "threshold": Decimal(75)}, "PUB-05"),
        ({"criteria": (replace(TOP, children=(Decimal(40), Decimal("19.99"))),)}, "PUB-06"),
        ({"criteria": (replace(TOP, children=(Decimal(60), None), minimum=Decimal("60.01")),)}, "PUB-07"),
        ({"technical_weight": Decimal("0.79")}, "PUB-08"),
        ({"threshold": Decimal("100.01")}, "PUB-09"),
        ({"technical_requirements": 0}, "PUB-10"),
        ({"financial_requirements": 0}, "PUB-10"),
        ({"dates": (("deadline", None),)}, "PUB-11"),
        ({"dates": (("deadline", DEADLINE), ("opening", DEADLINE))}, "PUB-12"),
        ({"dates": (("opening", DOUBLED),)}, "PUB-13"),
        ({"seats": ("secretary", "evaluator", "evaluator", "evaluator")}, "PUB-14"),
        ({"seats": ("chair", "secretary", "evaluator", "evaluator")}, "PUB-15"),
        ({"seats": ("chair", "secretary", *["evaluator"] * 4)}, "PUB-15"),
        ({"key_holders": 1}, "PUB-16"),
        ({"quorum": 1}, "PUB-16"),
        ({"quorum": 5}, "PUB-16"),
        ({"payments": (Decimal(20), Decimal(79))}, "PUB-17"),
        ({"deadline": datetime(2020, 2, 18, 16, tzinfo=UTC)}, "PUB-18"),
        ({"deadline": NOW}, "PUB-21"),
        ({"unexplained": ("threshold",)}, "PUB-24"),
    ],
)
def test_one_thing_wrong_is_one_refusal(wrong: dict[str, Any], code: str) -> None:
    found = codes(rules.COMPLETE, replace(SOUND, **wrong))

    assert code in found
    assert set(found) <= {code, "PUB-18"}  # a deadline in the past leaves no time to apply either


@pytest.mark.parametrize(
    ("wrong", "code"), [({"unconfirmed_holders": ("V2",)}, "PUB-19"), ({"notice_ready": False}, "PUB-20")]
)
def test_publication_waits_for_the_keys_and_the_notice(wrong: dict[str, Any], code: str) -> None:
    assert codes(rules.PUBLISHABLE, replace(SOUND, **wrong)) == [code]


def test_one_envelope_asks_neither_for_its_documents_nor_for_a_financial_opening() -> None:
    dates = tuple(row for row in SOUND.dates if row[0] != "financial opening")

    assert codes(rules.COMPLETE, replace(SOUND, two_envelopes=False, financial_requirements=0, dates=dates)) == []


def test_points_add_up_to_a_hundred_with_the_price() -> None:
    points = replace(
        SOUND,
        weights_total=Decimal(100),
        technical_weight=Decimal(70),
        financial_weight=Decimal(30),
        threshold=Decimal(49),
    )

    assert codes(rules.COMPLETE, replace(points, total=Decimal(70))) == []
    assert codes(rules.COMPLETE, points) == ["PUB-05"]


def test_fifteen_full_days_are_fifteen_midnights() -> None:
    published = datetime(2020, 2, 3, 8, tzinfo=UTC)
    fits = datetime(2020, 2, 19, 16, tzinfo=UTC)  # 4 to 18 February are fifteen full days in Madrid

    assert codes([rules.TIME_TO_APPLY], replace(SOUND, publish_at=published, deadline=fits)) == []
    assert codes([rules.TIME_TO_APPLY], replace(SOUND, publish_at=published, deadline=fits - timedelta(days=1))) == [
        "PUB-18"
    ]


def test_a_suspension_gives_back_at_least_the_time_lost() -> None:
    resumed = replace(SOUND, now=NOW, suspended_at=NOW - timedelta(days=3), latest_deadline=DEADLINE)

    assert codes(rules.RESUMABLE, replace(resumed, deadline=DEADLINE + timedelta(days=3))) == []
    assert codes(rules.RESUMABLE, replace(resumed, deadline=DEADLINE + timedelta(days=2, hours=23))) == ["PUB-23"]


def test_a_collection_that_is_over_cannot_be_suspended() -> None:
    assert codes(rules.SUSPENDABLE, replace(SOUND, latest_deadline=NOW + timedelta(seconds=1))) == []
    assert codes(rules.SUSPENDABLE, replace(SOUND, latest_deadline=NOW)) == ["PUB-22"]
