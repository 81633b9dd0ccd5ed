"""Each method's formula, in words and in numbers."""

from dataclasses import replace
from decimal import Decimal
from typing import get_args

import pytest

from procurement.letters.arithmetic import formula_in_numbers, formula_in_words, points, rules_in_words, tie_in_words
from procurement.letters.facts import MethodName, Money, PriceFormula
from procurement.letters.outcomes import Ranked
from tests.procurement.letters import samples as s
from tests.procurement.letters.sample_evaluation import RANKED_E2, RANKED_E3

NB = "\u00a0"


@pytest.mark.parametrize("name", get_args(MethodName))
def test_every_method_has_a_rule_of_choice_in_both_languages(name: MethodName) -> None:
    method = replace(s.METHOD, name=name, budget=s.eur("20000"))
    french, english = (formula_in_words(method, language=language) for language in ("fr", "en"))
    assert len(french) == len(english) == (3 if name in ("prag", "qcbs", "points") else 1)
    assert french != english
    assert "20,000.00" in " ".join(rules_in_words(method, language="en"))


@pytest.mark.parametrize(
    ("formula", "equation"),
    [
        ("inverse", "100 × 11,800.00 ÷ 13,900.00 = 84.89"),
        ("linear", "100 × (13,900.00 − 13,900.00) ÷ (13,900.00 − 11,800.00) = 84.89"),
        ("penalty", "100 × (1 − (13,900.00 − 11,800.00) ÷ 11,800.00) = 84.89"),
        ("n_times", "100 × (3 × 11,800.00 − 13,900.00) ÷ ((3 − 1) × 11,800.00) = 84.89"),
    ],
)
def test_every_price_formula_is_written_in_numbers(formula: PriceFormula, equation: str) -> None:
    method = replace(s.METHOD, price_formula=formula, n=Decimal(3))
    lines = formula_in_numbers(RANKED_E2, method=method, ranking=(RANKED_E3, RANKED_E2), language="en")
    assert lines[1] == equation


def test_equal_prices_are_not_divided_by_nothing() -> None:
    method = replace(s.METHOD, price_formula="linear")
    level = replace(RANKED_E2, price=RANKED_E3.price, financial_score=Decimal(100))
    lines = formula_in_numbers(level, method=method, ranking=(RANKED_E3, level), language="fr")
    assert lines[1].replace(NB, " ") == "Prix égaux : 100,00"


def test_points_add_points() -> None:
    method = replace(
        s.METHOD, name="points", technical_weight=Decimal(70), financial_weight=Decimal(30), normalise="none"
    )
    row = Ranked(
        applicant=s.E2,
        rank=1,
        technical=Decimal(66),
        technical_score=Decimal(66),
        price=Money(amount=Decimal(15000), currency="USD"),
        financial_score=Decimal(80),
        combined=Decimal(90),
    )
    assert points(row, method=method) == (Decimal(66), Decimal(24))
    assert formula_in_numbers(row, method=method, ranking=(row,), language="en")[-1] == (
        "66.00 + 30 × 80.00 ÷ 100 = 66.00 + 24.00 = 90.00"
    )
    given = replace(row, technical_points=Decimal(60), financial_points=Decimal(30))
    assert points(given, method=method) == (Decimal(60), Decimal(30))


def test_a_method_without_a_sum_has_no_equation() -> None:
    method = replace(s.METHOD, name="lcs")
    assert formula_in_numbers(RANKED_E2, method=method, ranking=(RANKED_E2,), language="fr") == ()


def test_ties_name_their_rules_or_that_there_is_none() -> None:
    told = tie_in_words(s.METHOD, criteria=s.CRITERIA, language="en")
    assert "(2) the higher mark on criterion C1 (Compréhension et méthodologie), (3) drawing lots" in told
    none = tie_in_words(replace(s.METHOD, tie_break=()), criteria=(), language="en")
    assert "a tie stops the award" in none
    unknown = tie_in_words(replace(s.METHOD, tie_break=("Z9",)), criteria=(), language="en")
    assert "criterion Z9 (Z9)" in unknown
