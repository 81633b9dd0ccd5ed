"""Days × rate + expenses, exactly."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procurement.rules.pricing import WRITTEN, PriceFacts, total_of
from workflow.guards import objections_to

figures = st.none() | st.decimals(min_value=0, max_value=10**6, places=2)


@pytest.mark.parametrize(
    ("days", "rate", "expenses", "total"),
    [
        (Decimal(40), Decimal("333.33"), Decimal("900.50"), Decimal("14233.70")),
        (Decimal("10.50"), Decimal("333.33"), None, Decimal("3499.97")),
        (Decimal("0.25"), Decimal("0.02"), None, Decimal("0.01")),
        (Decimal(40), None, Decimal(100), None),
        (None, Decimal(300), Decimal(100), None),
        (Decimal(0), Decimal(300), None, None),
    ],
)
def test_the_total(days: Decimal | None, rate: Decimal | None, expenses: Decimal | None, total: Decimal | None) -> None:
    assert total_of(PriceFacts(days, rate, expenses)) == total


@given(figures, figures, figures)
def test_a_total_is_a_positive_amount_in_cents_or_nothing(
    days: Decimal | None, rate: Decimal | None, expenses: Decimal | None
) -> None:
    total = total_of(PriceFacts(days, rate, expenses))
    assert total is None or (total > 0 and total == total.quantize(Decimal("0.01")))


@pytest.mark.parametrize(
    ("figure", "codes"),
    [
        (Decimal(-1), ["PRI-01"]),
        (Decimal("NaN"), ["PRI-02"]),
        (Decimal("Infinity"), ["PRI-02"]),
        (Decimal(10) ** 10, ["PRI-02"]),
    ],
)
def test_absurd_figures_are_refused(figure: Decimal, codes: list[str]) -> None:
    assert [one.code for one in objections_to(WRITTEN, PriceFacts(Decimal(1), figure, None))] == codes
