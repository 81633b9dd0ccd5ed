"""The call of Grenoble: 97.07 before 96.98, so the order hangs on exact arithmetic and on the declared rule."""

from fractions import Fraction
from typing import Any

import pytest

from procurement.scoring.points import rounded
from tests.procurement.scoring.problems import bid, numbers, order, problem, ranked

CRITERIA = [
    {"code": "C1", "max": "35", "minimum": "17.5"},
    {"code": "C2", "max": "40", "minimum": "20"},
    {"code": "C3", "max": "15", "minimum": "7.5"},
    {"code": "C4", "max": "10", "minimum": "5"},
]
SHEETS = {  # three sheets that average to 82, 79, 71 and 80
    "E2": ["30 33 12 8", "29 32 12 8", "30 32 12 8"],
    "E3": ["27 32 12 8", "28 31 12 8", "27 32 12 8"],
    "E4": ["24 29 10 7", "25 29 10 7", "25 30 10 7"],
    "E5": ["28 32 12 8", "28 32 12 8", "28 32 12 8"],
}


def grenoble(*, marks: bool = False, **changes: Any) -> dict[str, Any]:
    totals = {"E2": "82.00", "E3": "79.00", "E4": "71.00", "E5": "80.00"}
    prices = {"E2": "13900.00", "E3": "11800.00", "E5": "14600.00"}  # the price of E4 is never opened, nor known here
    bids = [
        bid(ref, price=prices.get(ref), marks=sheets(ref)) if marks else bid(ref, total, prices.get(ref))
        for ref, total in totals.items()
    ]
    terms = {
        "weights": {"technical": "0.80", "financial": "0.20"},
        "technical": {"max": "100", "threshold": "75", "normalise": "best", "aggregate": "mean"},
        "price": {"formula": "inverse", "ceiling": "14000.00", "ceiling_binding": True},
        "tie_break": ["technical", "C1", "lots"],
    }
    return problem("prag", *bids, **(terms | ({"criteria": CRITERIA} if marks else {}) | changes))


def sheets(ref: str) -> dict[str, dict[str, str]]:
    codes = [criterion["code"] for criterion in CRITERIA]
    return {f"V{index}": dict(zip(codes, line.split(), strict=True)) for index, line in enumerate(SHEETS[ref], start=1)}


def shown(result, column: str) -> dict[str, str]:
    return {ref: str(rounded(Fraction(text))) for ref, text in numbers(result, column).items()}


def test_grenoble_as_decided():
    result = ranked(grenoble())

    assert result.winner == "E3"
    assert [(standing.rank, standing.ref) for standing in result.ranking] == [(1, "E3"), (2, "E2")]
    assert shown(result, "technical_score") == {"E3": "96.34", "E2": "100.00"}
    assert shown(result, "financial_score") == {"E3": "100.00", "E2": "84.89"}
    assert shown(result, "combined") == {"E3": "97.07", "E2": "96.98"}
    assert result.as_json()["excluded"] == [
        {"ref": "E4", "reason": "below_threshold", "price_opened": False},
        {"ref": "E5", "reason": "over_ceiling", "price_opened": True},
    ]
    assert result.ties == ()


def test_grenoble_says_its_arithmetic_in_order():
    steps = ranked(grenoble()).as_json()["steps"]

    assert steps == [
        "Technical quality weighs 0.8 and price 0.2; the highest combined score comes first.",
        "E2: technical mark 82",
        "E3: technical mark 79",
        "E4: technical mark 71",
        "E5: technical mark 80",
        "E2 passes: 82 reaches the threshold of 75.",
        "E3 passes: 79 reaches the threshold of 75.",
        "E4 is out: 71 is below the threshold of 75. Its price is not opened.",
        "E5 passes: 80 reaches the threshold of 75.",
        "E5 is out: its price of 14600 is above the binding ceiling of 14000.",
        "Highest technical mark in the race: 82 (E2).",
        "Lowest price in the race: 11800 (E3).",
        "E2: technical score 100 × 82 ÷ 82 = 100",
        "E2: financial score 100 × 11800 ÷ 13900 = 84.892086…",
        "E2: combined score 0.8 × 100 + 0.2 × 84.892086… = 96.978417…",
        "E3: technical score 100 × 79 ÷ 82 = 96.341463…",
        "E3: financial score 100 × 11800 ÷ 11800 = 100",
        "E3: combined score 0.8 × 96.341463… + 0.2 × 100 = 97.073170…",
        "E3 comes first.",
    ]


def test_grenoble_from_the_sheets_gives_the_same_ranking_as_from_the_totals():
    from_sheets, from_totals = ranked(grenoble(marks=True)).as_json(), ranked(grenoble()).as_json()

    assert {key: from_sheets[key] for key in ("winner", "ranking", "excluded")} == {
        key: from_totals[key] for key in ("winner", "ranking", "excluded")
    }
    assert "E2, sheet of V1: 30 + 33 + 12 + 8 = 83" in from_sheets["steps"]
    assert "E2: V1 83, V2 81, V3 82; the mean is 82" in from_sheets["steps"]


@pytest.mark.parametrize(
    ("changes", "combined"),
    [
        ({"technical": {"threshold": "75", "normalise": "none"}}, {"E3": "83.20", "E2": "82.58"}),
        ({"weights": {"technical": "0.70", "financial": "0.30"}}, {"E3": "97.44", "E2": "95.47"}),
    ],
)
def test_grenoble_under_another_rule_gives_another_table(changes, combined):
    result = ranked(grenoble(**changes))

    assert shown(result, "combined") == combined
    assert order(result) == ["E3", "E2"]


def test_grenoble_with_an_indicative_ceiling_keeps_e5_in_and_its_price_counts():
    result = ranked(grenoble(price={"ceiling": "14000", "ceiling_binding": False}))

    assert order(result) == ["E3", "E2", "E5"]
    assert (
        "E5 stays in: its price of 14600 is above the ceiling of 14000, which is indicative."
        in result.as_json()["steps"]
    )


def test_each_number_of_grenoble_unfolds_to_the_marks():
    explanation = ranked(grenoble(marks=True)).ranking[1].explanation

    assert explanation.ref == "E2"
    assert explanation.combined.params["technical"] == explanation.technical_score.value
    assert explanation.combined.params["financial"] == explanation.financial_score.value
    assert explanation.technical_score.params["mark"] == explanation.panel.value == 82
    assert (explanation.panel.evaluators, explanation.panel.totals) == (("V1", "V2", "V3"), (83, 81, 82))
    first = explanation.panel.criteria[0]
    assert (first.criterion.code, first.marks, first.value) == ("C1", (30, 29, 30), Fraction(89, 3))
