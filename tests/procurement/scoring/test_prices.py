"""What every price formula owes to the applicants, whatever the prices (CE 29 Oct. 2013 no. 370789: the lowest gets the best)."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procurement.scoring.terms import Formula
from tests.procurement.scoring.problems import FORMULAS, bid, bids, formulas, numbers, priced_methods, problem, ranked


def scores(applications: list[dict[str, Any]], price: dict[str, str], method: str = "qcbs") -> dict[str, Fraction]:
    written = ranked(problem(method, *applications, price=price))
    return {each.ref: each.explanation.financial_score.value for each in written.ranking}


def asked(applications: list[dict[str, Any]]) -> dict[str, Fraction]:
    return {each["ref"]: Fraction(each["price"]) for each in applications}


def test_the_formulas_tried_here_are_all_there_are():
    assert set(FORMULAS) == set(Formula)


@given(bids(), formulas, priced_methods)
def test_the_lowest_price_gets_exactly_the_maximum(applications, price, method):
    points, prices = scores(applications, price, method), asked(applications)

    assert {points[ref] for ref in prices if prices[ref] == min(prices.values())} == {40 if method == "points" else 100}


@given(bids(), formulas)
def test_no_price_score_is_negative_or_above_the_maximum(applications, price):
    assert all(0 <= score <= 100 for score in scores(applications, price).values())


@given(bids(least=2), formulas)
def test_a_dearer_price_never_scores_more_and_equal_prices_score_the_same(applications, price):
    points, prices = scores(applications, price), asked(applications)

    for one in prices:
        for other in prices:
            if prices[one] <= prices[other]:
                assert points[one] >= points[other]


@given(bids(), formulas, st.decimals("0.01", "1000", places=2).map(Fraction))
def test_a_factor_on_every_price_changes_no_price_score(applications, price, factor):
    converted = [each | {"price": exact_text(Fraction(each["price"]) * factor)} for each in applications]

    assert scores(converted, price) == scores(applications, price)


def exact_text(value: Fraction) -> str:
    return f"{value.numerator * 10**4 // value.denominator}e-4"


@pytest.mark.parametrize(
    ("price", "expected"),
    [
        ({"formula": "inverse"}, {"A": "100", "B": "80", "C": "40"}),
        ({"formula": "linear"}, {"A": "100", "B": "83.3333333333333333333333333333", "C": "0"}),
        ({"formula": "penalty"}, {"A": "100", "B": "75", "C": "0"}),
        ({"formula": "n_times", "n": "2"}, {"A": "100", "B": "75", "C": "0"}),
        ({"formula": "n_times", "n": "3"}, {"A": "100", "B": "87.5", "C": "25"}),
    ],
)
def test_formulas_by_hand(price, expected):
    applications = [bid("A", "50", "100"), bid("B", "50", "125"), bid("C", "50", "250")]

    assert numbers(ranked(problem("qcbs", *applications, price=price)), "financial_score") == expected


@pytest.mark.parametrize("formula", FORMULAS)
def test_one_application_alone_gets_the_maximum(formula):
    assert scores([bid("A", "50", "999.99")], {"formula": formula, "n": "3"}) == {"A": 100}


def test_a_score_stopped_at_zero_says_so():
    applications = [bid("A", "50", "100"), bid("B", "50", "250")]
    steps = ranked(problem("qcbs", *applications, price={"formula": "penalty"})).as_json()["steps"]

    assert "B: financial score 100 × (1 − (250 − 100) ÷ 100) is below zero, so 0" in steps
