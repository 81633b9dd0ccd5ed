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
WITHOUT_AWARD = (S.CANCELLED, S.UNSUCCESSFUL)
LEFT_BEHIND = (  # by which moments a call that ended without award shows how far it came, the latest first
    ("prices_opened_at", STEPS[7][0]), ("opened_at", STEPS[3][0]), ("closed_at", STEPS[2][0]), ("published_at", STEPS[1][0])
)  # fmt: skip


def steps_of(call: Call) -> list[dict[str, Any]]:
    """Return the line of steps of a call; an ended call has no step that is now, and shows how far it came."""
    used = [step for step in STEPS if _applies(call, step[0])]
    present, done = _present(call, used), _ended_after(call, used)
    done = done if done is not None else present
    return [
        {
            "label": label,
            "when": _when(call, fields),
            "state": "done" if done is not None and number < done else "now" if number == present else "",
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


def _ended_after(call: Call, used: list[Any]) -> int | None:
    """Return how many steps were done when a call ended without award; None for any other call."""
    if call.state not in WITHOUT_AWARD:
        return None
    labels = [label for label, _states, _fields in used]
    last = next((label for name, label in LEFT_BEHIND if getattr(call, name)), None)
    return labels.index(last) + 1 if last else 0


def _when(call: Call, fields: tuple[str, ...]) -> str:
    for name in fields:
        value = getattr(call, name)
        if isinstance(value, datetime):
            return instants.instant_text(value.astimezone(ZoneInfo(call.timezone)), zone=call.timezone, style="day")
        if isinstance(value, date):
            return instants.date_text(value, style="day")
    return ""
