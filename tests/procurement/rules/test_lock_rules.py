"""When the server lock gives its part, case by case; and when a holder's key is kept, confirmed and replaced."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from procurement.rules import keys, lock
from workflow.guards import objections_to

DEADLINE = datetime(2030, 3, 12, 16, tzinfo=UTC)
SESSION = lock.SessionFacts(
    now=DEADLINE + timedelta(microseconds=1), latest_deadline=DEADLINE, kind="technical", state="closed", running=True,
    quorum=2, releases=2,
)  # fmt: skip
ENVELOPE = lock.EnvelopeFacts(
    kind="technical", session_kind="technical", application_state="submitted", counts=True, withdrawn=False, late=False,
    decided=False, pieces=True,
)  # fmt: skip
KEY = keys.KeyFacts(seated=True, accepted=True, frozen=False)
ANSWER = keys.AnswerFacts(seated=True, accepted=True, made=True, right=True)
REPLACEMENT = keys.ReplacementFacts(
    published=True, now=DEADLINE, latest_deadline=DEADLINE, deadline_label="", current=True, seated=True, holds=False
)


def codes(guards: Any, facts: Any, **changes: Any) -> list[str]:
    return [objection.code for objection in objections_to(guards, replace(facts, **changes))]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"running": False}, ["LCK-02"]),
        ({"now": DEADLINE}, ["LCK-03"]),
        ({"latest_deadline": None}, ["LCK-03"]),
        ({"state": "published"}, ["LCK-04"]),
        ({"state": "opened"}, []),
        ({"state": "evaluation"}, ["LCK-04"]),
        ({"kind": "financial"}, ["LCK-04"]),
        ({"kind": "financial", "state": "technical_signed"}, []),
        ({"kind": "financial", "state": "opened"}, ["LCK-04"]),
        ({"kind": "other"}, ["LCK-04"]),
        ({"releases": 1}, ["LCK-05"]),
        ({"releases": 1, "quorum": 1}, ["LCK-05"]),
        ({"releases": 3, "quorum": 4}, ["LCK-05"]),
    ],
)
def test_a_session_in_which_the_lock_gives_nothing(changes: dict[str, Any], expected: list[str]) -> None:
    facts = replace(SESSION, **changes)

    assert [objection.code for objection in lock.against_session(facts)] == expected


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"session_kind": "financial"}, ["LCK-06"]),
        ({"withdrawn": True}, ["LCK-07"]),
        ({"late": True}, ["LCK-08"]),
        ({"late": True, "decided": True, "application_state": "late"}, []),
        ({"counts": False}, ["LCK-09"]),
        ({"application_state": "draft"}, ["LCK-10"]),
        ({"application_state": "late"}, ["LCK-10"]),
        ({"pieces": False}, ["LCK-11"]),
    ],
)
def test_an_envelope_that_stays_closed(changes: dict[str, Any], expected: list[str]) -> None:
    assert lock.against_envelope(replace(ENVELOPE, **changes)) == expected


@pytest.mark.parametrize(
    "state", ["submitted", "opened", "compliant", "late", "below_threshold", "non_compliant", "excluded"]
)
def test_a_price_is_opened_above_the_threshold_only(state: str) -> None:
    price = replace(ENVELOPE, kind="financial", session_kind="financial")

    assert lock.against_envelope(replace(price, application_state=state)) == ["LCK-10"]
    assert lock.against_envelope(replace(price, application_state="passed")) == []


def test_the_price_of_a_late_one_stays_closed_whatever_was_decided() -> None:
    price = replace(ENVELOPE, kind="financial", session_kind="financial", late=True, application_state="late")

    assert lock.against_envelope(replace(price, decided=True)) == ["LCK-10"]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"seated": False}, ["COM-04"]),
        ({"accepted": False}, ["COM-05"]),
        ({"frozen": True}, ["KEY-01"]),
        ({"usable": False}, ["KEY-02"]),
        ({"locked": False}, ["KEY-02"]),
        ({"shared": True}, ["KEY-03"]),
    ],
)
def test_a_key_is_kept(changes: dict[str, Any], expected: list[str]) -> None:
    assert codes(keys.KEEP, KEY, **changes) == expected


@pytest.mark.parametrize(
    ("changes", "expected"),
    [({}, []), ({"made": False}, ["KEY-04"]), ({"right": False}, ["KEY-05"]), ({"accepted": False}, ["COM-05"])],
)
def test_a_key_is_confirmed(changes: dict[str, Any], expected: list[str]) -> None:
    assert codes(keys.CONFIRM, ANSWER, **changes) == expected


def test_a_wrong_answer_to_a_drill_is_no_success() -> None:
    assert codes(keys.ANSWER, ANSWER, right=False) == ["KEY-06"]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"published": False}, ["KEY-07"]),
        ({"now": DEADLINE + timedelta(microseconds=1)}, ["KEY-08"]),
        ({"latest_deadline": None}, ["KEY-08"]),
        ({"current": False}, ["KEY-09"]),
        ({"seated": False}, ["KEY-10"]),
        ({"holds": True}, ["KEY-11"]),
    ],
)
def test_a_holder_is_replaced(changes: dict[str, Any], expected: list[str]) -> None:
    assert codes(keys.REPLACE, REPLACEMENT, **changes) == expected
