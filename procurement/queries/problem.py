"""The engine's problem, built from the rows: one place, so that pages, papers and auditors read the same numbers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any

from procurement.enums import ApplicationState, CeilingMode
from procurement.models import Application, Call, Criterion
from procurement.models.marks import signed_marks
from procurement.queries.envelopes import price_of

Sheets = dict[str, dict[str, Decimal]]
IN_RANKING = (ApplicationState.PASSED, ApplicationState.PRICE_OPENED, ApplicationState.RANKED)


def problem_of(call: Call, applications: Iterable[Application], *, now: datetime, priced: bool = True) -> dict[str, Any]:
    """Return the problem for these applications, as `manage.py rank` reads it. Without prices: quality only."""
    tops = list(call.criteria.filter(parent=None))
    marks = top_marks(call, tops)
    rules = call.rules
    problem: dict[str, Any] = {
        "method": rules["preset"] if priced and call.two_envelopes else "quality_only",
        "technical": {
            "max": _text(sum((c.maximum or Decimal(0) for c in tops), Decimal(0))),
            "threshold": rules["threshold"],
            "normalise": rules["normalise"],
            "aggregate": rules["aggregate"],
        },
        "criteria": [_criterion(c) for c in tops],
        "tie_break": [code for code in rules["tie_break"] if priced or code != "price"],
        "applications": [_application(a, marks.get(a.pk, {}), now=now, priced=priced) for a in applications],
    }
    if problem["method"] != "quality_only":
        problem |= _price_terms(call)
    return problem


def _price_terms(call: Call) -> dict[str, Any]:
    rules = call.rules
    terms: dict[str, Any] = {"formula": rules["price_formula"]}
    if rules["price_formula"] == "n_times":
        terms["n"] = rules["price_n"]
    if call.ceiling_amount is not None:
        terms["ceiling"] = _text(call.ceiling_amount)
        terms["ceiling_binding"] = call.ceiling_mode == CeilingMode.PUBLIC_BINDING
    return {"weights": {"technical": rules["technical_weight"], "financial": rules["financial_weight"]}, "price": terms}


def _criterion(criterion: Criterion) -> dict[str, str]:
    row = {"code": criterion.code, "max": _text(criterion.maximum or Decimal(0)), "weight": "1"}
    if criterion.minimum is not None:
        row["minimum"] = _text(criterion.minimum)
    return row


def _application(application: Application, sheets: Sheets, *, now: datetime, priced: bool) -> dict[str, Any]:
    row: dict[str, Any] = {
        "ref": application.label,
        "marks": {label: {code: _text(mark) for code, mark in codes.items()} for label, codes in sorted(sheets.items())},
    }
    price = price_of(application, now=now) if priced and application.call.two_envelopes else None
    if price:
        row["price"] = str(price["total"])
    submission = application.submissions.filter(late=False, withdrawn_at=None).first()
    if submission:
        row["submitted_at"] = submission.submitted_at.isoformat()
    return row


def top_marks(call: Call, tops: list[Criterion]) -> dict[int, Sheets]:
    """Return application -> evaluator -> top criterion -> sum of the marks of its parts; or the consensus alone.

    An application that was not invited to the interview has no mark there: it counts as zero.
    """
    parents = {c.code: (c.parent.code if c.parent else c.code) for c in call.criteria.select_related("parent")}
    leaves = consensus_marks(call) if call.rules.get("technical_mark") == "consensus" else signed_marks(call)
    blank = {top.code: Decimal(0) for top in tops}
    summed: dict[int, Sheets] = {}
    for application, sheets in leaves.items():
        for label, codes in sheets.items():
            sums = summed.setdefault(application, {}).setdefault(label, dict(blank))
            for code, mark in codes.items():
                sums[parents[code]] += mark
    return summed


def consensus_marks(call: Call) -> dict[int, dict[str, dict[str, Decimal]]]:
    """Return the agreed marks in the same shape, under the one name “consensus”."""
    from procurement.models import ConsensusMark

    rows = ConsensusMark.objects.filter(consensus__application__call=call, mark__isnull=False)
    marks: dict[int, dict[str, dict[str, Decimal]]] = {}
    for application, code, mark in rows.values_list("consensus__application_id", "criterion__code", "mark"):
        marks.setdefault(application, {}).setdefault("consensus", {})[code] = mark
    return marks


def _text(value: Decimal) -> str:
    return format(value.normalize(), "f")
