"""Settle the technical marks: who passed the threshold is fixed, and the prices of the others stay closed for ever."""

from __future__ import annotations

from datetime import datetime
from fractions import Fraction
from typing import Any

from procurement.enums import ApplicationState
from procurement.models import Application, Call
from procurement.queries.papers.evaluation import verdicts
from procurement.queries.run import exact
from workflow.transitions import pass_through, use_case


@use_case
def sign_technical(*, call: Call, actor: Any, now: datetime) -> Call:
    """Judge every compliant application against the threshold and the minima; refuses until the report is signed by all."""
    moved = pass_through(call, "sign_technical", actor=actor, now=now)
    applications = list(moved.applications.filter(state=ApplicationState.COMPLIANT).order_by("id"))
    marks, passed = verdicts(moved, applications, now=now)
    for application in applications:
        application.call = moved
        arrow = "clear_threshold" if application.label in passed else "miss_threshold"
        _judge(application, arrow, marks.get(application.label), actor=actor, now=now)
    return moved


def _judge(application: Application, arrow: str, mark: Fraction | None, *, actor: Any, now: datetime) -> None:
    moved = pass_through(application, arrow, actor=actor, now=now)
    moved.technical_mark = round(exact(mark), 6) if mark is not None else None
    moved.save(update_fields=["technical_mark"])
