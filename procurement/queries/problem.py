"""The engine's problem, built from the rows: one place, so that pages, papers and auditors read the same numbers."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any

from procurement.enums import ApplicationState, CeilingMode
from procurement.models import Application, Call, Criterion, Submission
from procurement.models.marks import signed_marks
from procurement.queries.envelopes import prices_of

Sheets = dict[str, dict[str, Decimal]]
IN_RANKING = (ApplicationState.PASSED, ApplicationState.PRICE_OPENED, ApplicationState.RANKED)


def problem_of(
    call: Call, applications: Iterable[Application], *, now: datetime, priced: bool = True
) -> dict[str, Any]:
    """Return the problem for these applications, as `manage.py rank` reads it. Without prices: quality only."""
    applications = list(applications)
    tops = list(call.criteria.filter(parent=None))
    marks = top_marks(call, tops, among=[a.pk for a in applications])
    prices = prices_of(call, now=now) if priced and call.two_envelopes else {}
    times = submission_times(call)
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
        "applications": [
            _application(a.label, marks.get(a.pk, {}), price=prices.get(a.pk), submitted_at=times.get(a.pk))
            for a in applications
        ],
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


def _application(
    label: str, sheets: Sheets, *, price: dict[str, Any] | None, submitted_at: datetime | None
) -> dict[str, Any]:
    row: dict[str, Any] = {
        "ref": label,
        "marks": {name: {code: _text(mark) for code, mark in codes.items()} for name, codes in sorted(sheets.items())},
    }
    if price and price.get("total"):
        row["price"] = str(price["total"])
    if submitted_at:
        row["submitted_at"] = submitted_at.isoformat()
    return row


def submission_times(call: Call) -> dict[int, datetime]:
    """Return when the submission that counts of each application came: the last, neither late nor withdrawn."""
    counted = (
        Submission.objects.filter(application__call=call, late=False, withdrawn_at=None)
        .order_by("application_id", "-id")
        .distinct("application_id")
    )
    return dict(counted.values_list("application_id", "submitted_at"))


def top_marks(call: Call, tops: list[Criterion], *, among: Collection[int]) -> dict[int, Sheets]:
    """Return application -> evaluator -> top criterion -> sum of the marks of its parts; or the consensus alone.

    An application that was not invited to the interview has no mark there: it counts as zero.
    """
    parents = {c.code: (c.parent.code if c.parent else c.code) for c in call.criteria.select_related("parent")}
    agreed = call.rules.get("technical_mark") == "consensus"
    leaves = consensus_marks(call, among=among) if agreed else signed_marks(call, among=among)
    blank = {top.code: Decimal(0) for top in tops}
    summed: dict[int, Sheets] = {}
    for application, sheets in leaves.items():
        for label, codes in sheets.items():
            sums = summed.setdefault(application, {}).setdefault(label, dict(blank))
            for code, mark in codes.items():
                sums[parents[code]] += mark
    return summed


def consensus_marks(call: Call, *, among: Collection[int]) -> dict[int, dict[str, dict[str, Decimal]]]:
    """Return the agreed marks in the same shape, under the one name “consensus”."""
    from procurement.models import ConsensusMark

    rows = ConsensusMark.objects.filter(consensus__application__call=call, mark__isnull=False)
    rows = rows.filter(consensus__application__in=among)
    marks: dict[int, dict[str, dict[str, Decimal]]] = {}
    for application, code, mark in rows.values_list("consensus__application_id", "criterion__code", "mark"):
        marks.setdefault(application, {}).setdefault("consensus", {})[code] = mark or Decimal(0)
    return marks


def _text(value: Decimal) -> str:
    return format(value.normalize(), "f")
