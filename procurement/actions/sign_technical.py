"""Settle the technical marks: who passed the threshold is fixed, and the prices of the others stay closed for ever."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from procurement.enums import ApplicationState
from procurement.models import Application, Call
from procurement.queries.problem import problem_of
from procurement.scoring import engine
from procurement.scoring.problem import parse
from workflow.transitions import pass_through, use_case


@use_case
def sign_technical(*, call: Call, actor: Any, now: datetime) -> Call:
    """Judge every compliant application against the threshold and the minima; refuses until the report is signed by all."""
    moved = pass_through(call, "sign_technical", actor=actor, now=now)
    applications = {a.label: a for a in moved.applications.filter(state=ApplicationState.COMPLIANT).select_related("call__organisation")}
    result = engine.rank(parse(problem_of(moved, applications.values(), now=now, priced=False)))
    for standing in result.ranking:
        _judge(applications[standing.ref], standing.explanation, "clear_threshold", actor=actor, now=now)
    for exclusion in result.excluded:
        _judge(applications[exclusion.ref], exclusion.explanation, "miss_threshold", actor=actor, now=now)
    return moved


def _judge(application: Application, explanation: Any, arrow: str, *, actor: Any, now: datetime) -> None:
    moved = pass_through(application, arrow, actor=actor, now=now)
    mark = explanation.technical
    value = Decimal(mark.numerator) / Decimal(mark.denominator) if mark is not None else None
    Application.objects.filter(pk=moved.pk).update(technical_mark=round(value, 6) if value is not None else None)
