"""Dates of a call that follow from others."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from procurement.enums import Stage
from procurement.models import Call
from procurement.rules.deadlines import holidays_of
from procurement.rules.timeline import Proposal, proposed, standstill_end

PROPOSED = (
    "questions_until",
    "answers_until",
    "opening_at",
    "compliance_at",
    "scoring_until",
    "interviews_from",
    "interviews_until",
    "financial_opening_at",
    "decision_at",
    "contract_at",
)


def proposal_of(call: Call) -> Proposal | None:
    """Return the dates that follow from the deadline of a call, None while it has none."""
    if call.deadline is None:
        return None
    return proposed(
        deadline=call.deadline,
        zone=call.timezone,
        is_holiday=holidays_of(call.holidays_of),
        two_envelopes=call.two_envelopes,
        interviews=call.criteria.filter(stage=Stage.INTERVIEW).exists(),
        standstill_days=call.standstill_days,
    )


def missing_dates(call: Call) -> dict[str, Any]:
    """Return the proposed dates for the columns that are empty, those the procedure of this call has."""
    found = proposal_of(call)
    if found is None:
        return {}
    return {
        name: value for name in PROPOSED if getattr(call, name) is None and (value := getattr(found, name)) is not None
    }


def expected_standstill_end(call: Call) -> datetime | None:
    """Return when the standstill ends if the decision is taken, and the letters sent, on the date foreseen."""
    if call.standstill_until:
        return call.standstill_until
    if call.decision_at is None:
        return None
    return standstill_end(start=call.decision_at, days=call.standstill_days, zone=call.timezone)
