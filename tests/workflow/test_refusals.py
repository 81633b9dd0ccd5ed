"""Refusals in words: values are written as the reader's language writes them, instants in the zone their rule names."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone, translation

from procurement.rules import contracting, publication
from tests.procurement.rules.test_publication import SOUND
from workflow.guards import Objection, objections_to
from workflow.refusals import Reason, as_json

MOMENT = datetime(2020, 3, 15, 17, 0, tzinfo=ZoneInfo("Europe/Madrid"))


@pytest.mark.parametrize(
    ("language", "value", "shown"),
    [
        ("en", MOMENT, "Sunday 15 March 2020, 17:00, Madrid time (UTC+1)"),
        ("fr", MOMENT, "dimanche 15 mars 2020, 17:00, heure de Madrid (UTC+1)"),
        ("en", date(2020, 3, 1), "1 March 2020"),
        ("fr", date(2020, 3, 1), "1er mars 2020"),
        ("fr", Decimal("12.50"), "12,5"),
        ("fr", ("title", Decimal(3)), "titre, 3"),
        ("fr", "", ""),
    ],
)
def test_a_value_is_written_in_the_readers_language(language: str, value: Any, shown: str) -> None:
    timezone.activate("Asia/Tokyo")  # the reader's own zone never counts
    with translation.override(language):
        assert Reason(Objection("X", "%(value)s", {"value": value})).sentence == shown


def test_the_time_to_give_back_is_said_in_the_zone_of_the_call() -> None:
    suspended = SOUND.now - timedelta(days=3)
    latest = datetime(2020, 3, 12, 16, 0, tzinfo=UTC)
    facts = replace(SOUND, suspended_at=suspended, latest_deadline=latest, deadline=latest)
    [objection] = objections_to((publication.LONG_ENOUGH,), facts)
    with translation.override("en"):
        assert Reason(objection).sentence.endswith(
            "the new deadline must be after Sunday 15 March 2020, 17:00, Madrid time (UTC+1)."
        )


def test_the_day_from_which_a_contract_may_be_signed_is_written_out() -> None:
    facts = contracting.ContractFacts(
        recorded=False,
        signed_on=date(2020, 4, 1),
        today=date(2020, 5, 1),
        final_on=date(2020, 4, 22),
        amount=Decimal(1),
        awarded=Decimal(1),
        signed_file=True,
    )
    [objection] = objections_to(contracting.RECORD, facts)
    with translation.override("fr"):
        assert "22 avril 2020" in Reason(objection).sentence


def test_a_script_gets_one_sentence_and_every_code() -> None:
    reasons = [Reason(Objection("A-1", "First.", {})), Reason(Objection("B-2", "Second.", {}))]
    assert as_json(reasons) == {
        "sentence": "First. Second.",
        "reasons": [{"code": "A-1", "sentence": "First."}, {"code": "B-2", "sentence": "Second."}],
    }
