"""Settle the technical marks: who passed the threshold is fixed, and the prices of the others stay closed for ever."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from procurement.enums import ApplicationState
from procurement.models import Application, Call
from procurement.queries.papers.evaluation import verdicts
from procurement.queries.run import exact
from workflow.transitions import pass_all_through, pass_through, use_case


@use_case
def sign_technical(*, call: Call, actor: Any, now: datetime) -> Call:
    """Judge every compliant application against the threshold and the minima; refuses until the report is signed by all."""
    moved = pass_through(call, "sign_technical", actor=actor, now=now)
    applications = list(moved.applications.filter(state=ApplicationState.COMPLIANT).order_by("id"))
    marks, passed = verdicts(moved, applications, now=now)
    judged = moved.applications.filter(state=ApplicationState.COMPLIANT)
    pass_all_through(judged.exclude(label__in=passed), "miss_threshold", actor=actor, now=now)
    pass_all_through(judged.filter(label__in=passed), "clear_threshold", actor=actor, now=now)
    for application in applications:
        application.technical_mark = _kept(marks.get(application.label))
    Application.objects.bulk_update(applications, ["technical_mark"], batch_size=500)
    return moved


def _kept(mark: Fraction | None) -> Decimal | None:
    """Return a mark as it is frozen: to six decimals."""
    return round(exact(mark), 6) if mark is not None else None
