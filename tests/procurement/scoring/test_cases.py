"""The worked cases of cases.json, each run through the door of the engine.

Left out, as they are no rankings of these methods: MEAT-01 (denominator), ALB-01, ALB-02 and ALB-06 (abnormally low
prices), ARITH-01 (arithmetic correction), TIME-01 and TIME-02 (deadlines).
"""

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from procurement.scoring.panel import mean, outliers
from procurement.scoring.points import rounded
from tests.procurement.scoring.problems import bid, numbers, order, problem, ranked

CASES = {case["id"]: case for case in json.loads(Path(__file__).with_name("cases.json").read_text("utf-8"))}


def inputs(case_id: str) -> dict[str, Any]:
    return CASES[case_id]["inputs"]


def expected(case_id: str) -> dict[str, Any]:
    return CASES[case_id]["expected"]


def shown(result, column: str, *, like: dict[str, str]) -> dict[str, str]:
    """One column of the ranking, rounded to the decimals of the expected numbers."""
    column_numbers = numbers(result, column)
    return {
        ref: str(rounded(Fraction(column_numbers[ref]), places=len(text.partition(".")[2])))
        for ref, text in like.items()
    }


def from_scores(case_id: str, method: str, **changes: Any):
    given = inputs(case_id)
    prices = given.get("prices") or given["prices_sealed"]
    bids = [bid(ref, mark, prices[ref]) for ref, mark in given["technical_scores"].items()]
    return ranked(problem(method, *bids, technical={"threshold": given["technical_threshold"]}, **changes))


def prices_alone(case_id: str, formula: str):
    """Price points on their own: equal technical marks, the financial maximum of the case."""
    given = inputs(case_id)
    bids = [bid(ref, "0", price) for ref, price in given["prices"].items()]
    weights = {"technical": "1", "financial": given.get("max_points", "100")}
    return ranked(problem("points", *bids, weights=weights, technical=None, price={"formula": formula}))


def test_every_case_is_either_run_or_named_as_left_out():
    left_out = {"MEAT-01", "ALB-01", "ALB-02", "ALB-06", "ARITH-01", "TIME-01", "TIME-02"}
    run = {
        "QCBS-01", "QCBS-02", "QCBS-04-FIN", "PRAG-01", "UNDP-01", "WTD-01", "PRICE-01", "PRICE-03", "FR-02", "FR-03", "FR-05",
        "LCS-01", "FBS-01", "FBS-02", "QBS-01", "PANEL-01", "TIE-01",
    }  # fmt: skip

    assert set(CASES) == run | left_out


def test_qcbs_01_the_better_one_wins_although_dearer():
    result, wanted = from_scores("QCBS-01", "qcbs", weights=inputs("QCBS-01")["weights"]), expected("QCBS-01")

    assert shown(result, "financial_score", like=wanted["financial_scores"]) == wanted["financial_scores"]
    assert shown(result, "combined", like=wanted["combined"]) == wanted["combined"]
    assert (order(result), result.winner) == (wanted["ranking"], wanted["winner"])


def test_qcbs_02_a_mark_at_the_threshold_passes_and_nothing_is_rounded_on_the_way():
    result, wanted = from_scores("QCBS-02", "qcbs", weights=inputs("QCBS-02")["weights"]), expected("QCBS-02")

    assert shown(result, "financial_score", like=wanted["financial_scores"]) == wanted["financial_scores"]
    # The source rounds the financial score before it combines; its note gives the figures without that.
    unrounded = {"A": "77.50", "B": "86.00", "C": "90.27"}
    assert shown(result, "combined", like=unrounded) == unrounded
    assert (order(result), result.winner) == (wanted["ranking"], wanted["winner"])


def test_qcbs_04_financial_scores_alone():
    wanted = expected("QCBS-04-FIN")["financial_scores"]

    assert shown(prices_alone("QCBS-04-FIN", "inverse"), "financial_score", like=wanted) == wanted


def test_prag_01_three_evaluators_and_a_price_that_stays_closed():
    given, wanted = inputs("PRAG-01"), expected("PRAG-01")
    bids = [
        bid(
            ref,
            price=given["prices"].get(ref),
            marks={f"V{index}": {"C": str(mark)} for index, mark in enumerate(marks)},
        )
        for ref, marks in given["evaluator_scores"].items()
    ]
    terms = {"threshold": given["technical_threshold"]}
    result = ranked(
        problem("prag", *bids, weights=given["weights"], technical=terms, criteria=[{"code": "C", "max": "100"}])
    )

    passing = {ref: wanted["average"][ref] for ref in wanted["ranking"]}
    assert shown(result, "technical", like=passing) == passing
    assert shown(result, "technical_score", like=wanted["technical_scores"]) == wanted["technical_scores"]
    assert shown(result, "financial_score", like=wanted["financial_scores"]) == wanted["financial_scores"]
    assert shown(result, "combined", like=wanted["overall"]) == wanted["overall"]
    assert (order(result), result.winner) == (wanted["ranking"], wanted["winner"])
    assert result.as_json()["excluded"] == [{"ref": "T1", "reason": "below_threshold", "price_opened": False}]
    assert str(rounded(result.excluded[0].explanation.technical)) == wanted["average"]["T1"]


def test_undp_01_the_cheapest_below_the_threshold_sets_no_price():
    given, wanted = inputs("UNDP-01"), expected("UNDP-01")
    bids = [bid(ref, points, given["prices"][ref]) for ref, points in given["technical_points"].items()]
    weights = {"technical": given["technical_max"], "financial": given["financial_max"]}
    result = ranked(problem("points", *bids, weights=weights, technical={"max": "70", "threshold": "49"}))

    assert [exclusion.ref for exclusion in result.excluded] == wanted["eliminated"]
    assert shown(result, "financial_score", like=wanted["financial_points"]) == wanted["financial_points"]
    assert shown(result, "combined", like=wanted["total"]) == wanted["total"]
    assert (order(result), result.winner) == (wanted["ranking"], wanted["winner"])


def test_wtd_01_points_of_a_grid_and_a_price():
    given, wanted = inputs("WTD-01"), expected("WTD-01")
    maxima = {code: points for code, points in given["criteria_max"].items() if code != "price"}
    bids = [
        bid(ref, price=given["prices"][ref], marks={"V": points}) for ref, points in given["quality_points"].items()
    ]
    weights = {"technical": "130", "financial": given["criteria_max"]["price"]}
    criteria = [{"code": code, "max": points} for code, points in maxima.items()]
    result = ranked(problem("points", *bids, weights=weights, technical=None, criteria=criteria))

    assert numbers(result, "financial_score") == wanted["price_points"]
    assert numbers(result, "combined") == wanted["total"]
    assert result.winner == wanted["winner"]


@pytest.mark.parametrize(
    ("case_id", "formula", "key"),
    [
        ("PRICE-01", "inverse", "price_points"),
        ("FR-02", "inverse", "note"),
        ("FR-03", "linear", "note"),
        ("FR-05", "penalty", "note"),
    ],
)
def test_price_points_of_the_published_tables(case_id, formula, key):
    wanted = expected(case_id)[key]

    assert shown(prices_alone(case_id, formula), "financial_score", like=wanted) == wanted


def test_price_03_the_cheapest_of_those_that_meet_every_requirement():
    given, wanted = inputs("PRICE-03"), expected("PRICE-03")
    bids = [
        bid(ref, price=given["prices"][ref], admissible=all(met))
        for ref, met in given["mandatory_requirements"].items()
    ]
    result = ranked(problem("lpta", *bids))

    assert (order(result), result.winner) == (wanted["ranking"], wanted["winner"])
    assert result.as_json()["excluded"] == [{"ref": "B", "reason": "not_admissible", "price_opened": False}]


def test_lcs_01_the_cheapest_of_those_that_pass():
    result, wanted = from_scores("LCS-01", "lcs"), expected("LCS-01")

    assert (order(result), result.winner) == (wanted["ranking"], wanted["winner"])
    assert [standing.ref for standing in sorted(result.ranking, key=lambda each: each.ref)] == wanted["opened"]


@pytest.mark.parametrize("case_id", ["FBS-01", "FBS-02"])
def test_fbs_the_best_mark_within_the_budget(case_id):
    result, wanted = from_scores(case_id, "fbs", budget=inputs(case_id)["budget"]), expected(case_id)

    assert [exclusion.ref for exclusion in result.excluded] == wanted["over_budget"]
    assert {exclusion.reason for exclusion in result.excluded} == {"over_budget"}
    assert result.winner == wanted["winner"]


def test_qbs_01_only_the_first_price_is_looked_at():
    result, wanted = from_scores("QBS-01", "qbs"), expected("QBS-01")
    opened = numbers(result, "price_opened")

    assert [ref for ref in sorted(opened) if opened[ref]] == wanted["opened"]
    assert [ref for ref in sorted(opened) if not opened[ref]] == wanted["returned_unopened"]
    assert result.winner == wanted["invited_to_negotiate"]
    assert order(result)[1:] == wanted["fallback_order"]


def test_panel_01_a_rogue_evaluator_does_not_qualify_an_application():
    given, wanted = inputs("PANEL-01"), expected("PANEL-01")
    grades = given["grades_bps"]
    marks = {f"V{index}": {"C": str(grade)} for index, grade in enumerate(grades)}
    terms = {"threshold": str(given["threshold_bps"]), "aggregate": "trimmed_mean"}
    criteria = [{"code": "C", "max": "10000"}]
    result = ranked(problem("quality_only", bid("A", marks=marks), technical=terms, criteria=criteria))

    assert [(exclusion.reason, exclusion.explanation.technical) for exclusion in result.excluded] == [
        ("below_threshold", int(wanted["trimmed_mean_bps"]))
    ]
    assert mean([Fraction(grade) for grade in grades]) == int(wanted["plain_mean_bps"])
    tolerance = Fraction(given["outlier_tolerance_bps"])
    assert list(outliers([Fraction(grade) for grade in grades], tolerance=tolerance)) == wanted["outliers"]


def test_tie_01_the_higher_technical_mark_comes_first():
    given = inputs("TIE-01")["bids"]
    # Prices that bring both to 88.00: 0.5 x 80 + 0.5 x 96 and 0.5 x 85 + 0.5 x 91; C sets the lowest price.
    bids = [bid("A", given["A"]["technical"], "104"), bid("B", given["B"]["technical"], "109"), bid("C", "10", "100")]
    half = {"technical": "0.5", "financial": "0.5"}
    result = ranked(problem("qcbs", *bids, weights=half, price={"formula": "penalty"}, tie_break=["technical"]))

    assert {numbers(result, "combined")[ref] for ref in "AB"} == {"88"}
    assert order(result)[:2] == expected("TIE-01")["ranking"]
    assert result.winner == "B"
