"""Each method looks at what its rule says and at nothing else."""

import pytest

from procurement.scoring.methods import METHODS
from procurement.scoring.problem import BadProblem
from tests.procurement.scoring import problems
from tests.procurement.scoring.problems import PRICED, bid, numbers, order, problem, ranked


def excluded(result) -> list[tuple[str, str, bool]]:
    return [tuple(each.values()) for each in result.as_json()["excluded"]]


def test_the_methods_tried_here_are_all_there_are():
    assert set(problems.METHODS) == set(METHODS)


@pytest.mark.parametrize("method", ["prag", "qcbs", "points", "qbs", "fbs", "lcs", "quality_only"])
def test_a_mark_below_the_threshold_is_out_and_its_price_stays_closed(method):
    bids = [bid("A", "75.00", "100"), bid("B", "74.9999999", "1")]
    result = ranked(problem(method, *bids, technical={"threshold": "75"}))

    assert order(result) == ["A"]
    assert excluded(result) == [("B", "below_threshold", False)]


@pytest.mark.parametrize("method", ["lpta", "lowest_price"])
def test_where_the_price_alone_decides_no_mark_puts_anyone_out(method):
    bids = [bid("A", "75", "100"), bid("B", "10", "90"), bid("C", price="95"), bid("D", price="1", admissible=False)]
    result = ranked(problem(method, *bids, technical={"threshold": "75"}))

    assert order(result) == ["B", "C", "A"]
    assert excluded(result) == [("D", "not_admissible", False)]


@pytest.mark.parametrize("method", problems.METHODS)
def test_what_is_not_admissible_needs_neither_mark_nor_price(method):
    result = ranked(problem(method, bid("A", "80", "100"), bid("B", admissible=False)))

    assert result.winner == "A"
    assert excluded(result) == [("B", "not_admissible", False)]


def test_a_sheet_of_what_is_not_admissible_is_expected_of_no_one():
    criteria = [{"code": "C1", "max": "100"}]
    bids = [bid("A", marks={"V1": {"C1": "50"}}), bid("B", marks={"V9": {"C1": "60"}}, admissible=False)]

    assert order(ranked(problem("quality_only", *bids, criteria=criteria))) == ["A"]


@pytest.mark.parametrize("method", problems.METHODS)
def test_nobody_left_means_no_winner_and_no_ranking(method):
    result = ranked(problem(method, bid("A", admissible=False)))

    assert (result.winner, result.ranking, result.ties) == (None, (), ())
    assert result.as_json()["steps"][-1] == "No application is left in the race."


@pytest.mark.parametrize("method", [*PRICED, "fbs", "lcs", "lpta", "lowest_price"])
def test_a_price_still_closed_stops_the_ranking_by_the_path_of_its_field(method):
    with pytest.raises(BadProblem) as refused:
        ranked(problem(method, bid("B", "80", "100"), bid("A", "90")))

    assert refused.value.errors == [("applications[1].price", "is missing: this application is still in the race")]


def test_a_minimum_is_compared_with_the_panel_s_mark_of_that_criterion():
    criteria = [{"code": "C1", "max": "50", "minimum": "25"}, {"code": "C2", "max": "50"}]
    low = {"V1": {"C1": "20", "C2": "50"}, "V2": {"C1": "29.99", "C2": "50"}}
    just = {"V1": {"C1": "20", "C2": "50"}, "V2": {"C1": "30", "C2": "50"}}
    result = ranked(problem("qcbs", bid("A", price="1", marks=low), bid("B", price="9", marks=just), criteria=criteria))

    assert excluded(result) == [("A", "below_minimum", False)]
    assert numbers(result, "financial_score") == {"B": "100"}
    assert "A is out: 24.995 for C1 is below its minimum of 25. Its price is not opened." in result.as_json()["steps"]
    assert "B reaches the minimum of each criterion: C1 25." in result.as_json()["steps"]


@pytest.mark.parametrize(
    ("aggregate", "mark"), [("mean", "50"), ("median", "40"), ("trimmed_mean", "46.6666666666666666666666666666")]
)
def test_the_panel_s_mark_is_the_one_the_call_announced(aggregate, mark):
    sheets = {f"V{index}": {"C1": total} for index, total in enumerate(["20", "40", "90", "60", "40"])}
    terms = {"aggregate": aggregate}
    result = ranked(
        problem("quality_only", bid("A", marks=sheets), technical=terms, criteria=[{"code": "C1", "max": "100"}])
    )

    assert numbers(result, "technical") == {"A": mark}


def test_the_median_of_an_even_panel_lies_between_the_two_in_the_middle():
    sheets = {f"V{index}": {"C1": total} for index, total in enumerate(["90", "20", "40", "60"])}
    terms = {"technical": {"aggregate": "median"}, "criteria": [{"code": "C1", "max": "100"}]}

    assert numbers(ranked(problem("quality_only", bid("A", marks=sheets), **terms)), "technical") == {"A": "50"}


def test_a_weighted_grid_sums_to_the_mark():
    weights = {"C1": "0.30", "C2": "0.25", "C3": "0.20", "C4": "0.15", "C5": "0.10"}
    criteria = [{"code": code, "max": "5", "weight": weight} for code, weight in weights.items()]
    sheet = dict(zip(weights, ["4", "5", "3", "4.5", "4.9"], strict=True))
    result = ranked(problem("quality_only", bid("A", marks={"V1": sheet}), technical={"max": "5"}, criteria=criteria))

    assert numbers(result, "technical") == {"A": "4.215"}


@pytest.mark.parametrize(
    ("method", "normalise", "score"),
    [
        ("qcbs", "best", "75"),
        ("qcbs", "max", "60"),
        ("qcbs", "none", "30"),
        ("points", "best", "37.5"),
        ("points", "max", "30"),
    ],
)
def test_a_technical_score_is_beside_the_best_or_the_maximum_or_as_it_is(method, normalise, score):
    weights = {"technical": "50", "financial": "50"} if method == "points" else {"technical": "0.5", "financial": "0.5"}
    bids = [bid("A", "30", "100"), bid("B", "40", "100")]
    result = ranked(problem(method, *bids, weights=weights, technical={"max": "50", "normalise": normalise}))

    assert numbers(result, "technical_score")["A"] == score


def test_marks_that_are_all_nought_score_nought():
    result = ranked(problem("prag", bid("A", "0", "100"), bid("B", "0", "200")))

    assert numbers(result, "technical_score") == {"A": "0", "B": "0"}
    assert result.winner == "A"


def test_the_best_mark_and_the_lowest_price_are_taken_among_those_still_in():
    bids = [bid("A", "80", "100"), bid("B", "100", "201"), bid("C", "70", "10")]
    price = {"ceiling": "200"}
    result = ranked(problem("prag", *bids, technical={"threshold": "75"}, price=price))

    assert numbers(result, "technical_score") == {"A": "100"}
    assert numbers(result, "financial_score") == {"A": "100"}


@pytest.mark.parametrize("method", [*PRICED, "fbs", "lcs", "lpta", "lowest_price", "qbs"])
def test_a_binding_ceiling_puts_out_what_is_above_it_and_nothing_at_it(method):
    bids = [bid("A", "80", "200"), bid("B", "90", "200.01")]
    result = ranked(problem(method, *bids, price={"ceiling": "200", "ceiling_binding": True}))

    assert result.winner == "A"
    assert excluded(result) == [("B", "over_ceiling", True)]


def test_the_budget_itself_is_within_the_budget():
    result = ranked(problem("fbs", bid("A", "80", "115"), bid("B", "90", "115.01"), budget="115"))

    assert result.winner == "A"
    assert excluded(result) == [("B", "over_budget", True)]


def test_those_out_are_listed_by_reference_whatever_put_them_out():
    bids = [bid("A", "80", "300"), bid("B", "10"), bid("C", "80", "100"), bid("D", admissible=False)]
    result = ranked(problem("qcbs", *bids, technical={"threshold": "75"}, price={"ceiling": "200"}))

    assert [each[:2] for each in excluded(result)] == [
        ("A", "over_ceiling"),
        ("B", "below_threshold"),
        ("D", "not_admissible"),
    ]


def test_qbs_opens_the_next_price_only_when_the_first_is_above_the_ceiling():
    bids = [bid("A", "90", "300"), bid("B", "80", "150"), bid("C", "70")]
    result = ranked(problem("qbs", *bids, price={"ceiling": "200"}))

    assert excluded(result) == [("A", "over_ceiling", True)]
    assert numbers(result, "price_opened") == {"B": True, "C": False}
    assert "B comes first, so its price alone is looked at." in result.as_json()["steps"]


def test_quality_only_looks_at_no_price():
    result = ranked(problem("quality_only", bid("A", "80", "100"), bid("B", "90"), price={"ceiling": "1"}))

    assert order(result) == ["B", "A"]
    assert numbers(result, "price_opened") == {"A": False, "B": False}
    assert numbers(result, "combined") == {"A": None, "B": None}
