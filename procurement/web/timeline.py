"""Where a call is: its steps, done, now and next, with their dates."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from procurement.enums import CallState as S
from procurement.enums import Stage
from procurement.models import Call
from workflow.templatetags import instants

STEPS: list[tuple[Any, tuple[S, ...], tuple[str, ...]]] = [
    (_("Preparation"), (S.DRAFT, S.IN_REVIEW, S.APPROVED), ("created_at",)),
    (_("Publication"), (S.PUBLISHED, S.SUSPENDED), ("published_at", "publish_at")),
    (_("Closing"), (), ("deadline",)),
    (_("Opening"), (S.CLOSED,), ("opened_at", "opening_at")),
    (_("Compliance"), (S.OPENED, S.COMPLIANCE), ("compliance_at",)),
    (_("Scoring"), (S.EVALUATION, S.CONSENSUS), ("scoring_until",)),
    (_("Interviews"), (S.INTERVIEW,), ("interviews_from",)),
    (_("Prices"), (S.TECHNICAL_SIGNED, S.FINANCIAL_OPENED, S.RANKED), ("prices_opened_at", "financial_opening_at")),
    (_("Decision"), (S.AWARD_PROPOSED, S.AWARD_DECIDED, S.STANDSTILL), ("decision_at",)),
    (_("Contract"), (S.AWARDED, S.CONTRACTED), ("contract_at",)),
]
ENDED = {S.ARCHIVED: len(STEPS)}


def steps_of(call: Call) -> list[dict[str, Any]]:
    """Return the line of steps of a call; an ended call has no step that is now."""
    used = [step for step in STEPS if _applies(call, step[0])]
    present = _present(call, used)
    return [
        {
            "label": label,
            "when": _when(call, fields),
            "state": "done" if present is not None and number < present else "now" if number == present else "",
        }
        for number, (label, _states, fields) in enumerate(used)
    ]


def _applies(call: Call, label: Any) -> bool:
    if label == STEPS[6][0]:
        return call.criteria.filter(stage=Stage.INTERVIEW).exists()
    return True


def _present(call: Call, used: list[Any]) -> int | None:
    if call.state == S.ARCHIVED:
        return len(used)
    for number, (_label, states, _fields) in enumerate(used):
        if call.state in states:
            return number
    return None


def _when(call: Call, fields: tuple[str, ...]) -> str:
    for name in fields:
        value = getattr(call, name)
        if isinstance(value, datetime):
            return instants.instant_text(value.astimezone(ZoneInfo(call.timezone)), zone=call.timezone, style="day")
        if isinstance(value, date):
            return instants.date_text(value, style="day")
    return ""
