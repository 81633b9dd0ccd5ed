"""What applications are judged by, as facts of the letters: criteria, method, ceiling."""

from __future__ import annotations

from decimal import Decimal
from typing import cast

from procurement.enums import CeilingMode, Stage
from procurement.letters import facts
from procurement.models import Call, Criterion
from procurement.queries.papers.frame import text_in

DRAWN = {"draw": "lots"}  # one act, two words


def criteria_facts(call: Call, *, language: str) -> tuple[facts.Criterion, ...]:
    """Return the tree of criteria, in order."""
    rows = list(call.criteria.all())
    return tuple(_criterion(call, row, rows, language) for row in rows if row.parent_id is None)


def _criterion(call: Call, row: Criterion, rows: list[Criterion], language: str) -> facts.Criterion:
    interview = row.stage == Stage.INTERVIEW and row.parent_id is None
    invited_from = call.rule_number("shortlist_mark") if interview else Decimal(0)
    return facts.Criterion(
        code=row.code,
        title=text_in(row.title, language),
        maximum=row.maximum or Decimal(0),
        minimum=row.minimum,
        children=tuple(_criterion(call, part, rows, language) for part in rows if part.parent_id == row.pk),
        interview=interview,
        invited_from=invited_from or None,
    )


def method_facts(call: Call) -> facts.Method:
    """Return the method with its weights, threshold and tie-break; quality alone where there is one envelope."""
    rules = call.rules
    maxima = (c.maximum for c in call.criteria.all() if c.parent_id is None)
    total = sum((maximum or Decimal(0) for maximum in maxima), Decimal(0))
    return facts.Method(
        name=cast(facts.MethodName, rules["preset"] if call.two_envelopes else "quality_only"),
        technical_weight=call.rule_number("technical_weight"),
        financial_weight=call.rule_number("financial_weight"),
        technical_maximum=total or Decimal(100),
        threshold=call.rule_number("threshold") or None,
        normalise=rules["normalise"],
        price_formula=rules["price_formula"],
        n=call.rule_number("price_n") if rules["price_formula"] == "n_times" else None,
        aggregate=rules["aggregate"],
        tie_break=tuple(DRAWN.get(code, code) for code in rules["tie_break"]),
    )


def ceiling_facts(call: Call) -> facts.Ceiling | None:
    """Return the ceiling, None while there is none."""
    if call.ceiling_amount is None or not call.ceiling_mode:
        return None
    hidden = call.ceiling_mode == CeilingMode.HIDDEN
    amount = Decimal(0) if hidden else call.ceiling_amount  # a hidden figure stays out of the paper's facts too
    return facts.Ceiling(
        price=facts.Money(amount=amount, currency=call.currency, tax=cast(facts.Tax, str(call.tax))),
        mode=cast(facts.CeilingMode, str(call.ceiling_mode)),
        person_days=Decimal(call.person_days) if call.person_days else None,
    )
