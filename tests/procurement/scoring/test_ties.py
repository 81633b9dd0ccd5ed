"""Equal stays equal until a published rule decides; what people must draw is never drawn here."""

import pytest

from tests.procurement.scoring.problems import bid, order, problem, ranked

EARLY, LATE = "2020-03-11T10:00:00Z", "2020-03-11T11:30:00+01:00"  # the second is half an hour later, not earlier
CRITERIA = [{"code": "C1", "max": "50"}, {"code": "C2", "max": "50"}]


def equal_bids(**changes):
    """A and B reach the same combined score, 90: the one by its mark, the other by its price."""
    bids = [bid("A", "80", "100", submitted_at=LATE), bid("B", "100", "125", submitted_at=EARLY)]
    return problem("qcbs", *bids, weights={"technical": "0.5", "financial": "0.5"}, **changes)


def panel_bids(**changes):
    marks = [{"V1": {"C1": "30", "C2": "40"}}, {"V1": {"C1": "40", "C2": "30"}}]
    bids = [bid(ref, marks=mark) for ref, mark in zip("AB", marks, strict=True)]
    return problem("quality_only", *bids, criteria=CRITERIA, **changes)


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        (["technical"], ["B", "A"]),
        (["price"], ["A", "B"]),
        (["submitted_at"], ["B", "A"]),
        (["C9", "price"], ["A", "B"]),
    ],
)
def test_a_published_rule_decides(rules, expected):
    result = ranked(equal_bids(tie_break=rules))

    assert order(result) == expected
    assert [standing.rank for standing in result.ranking] == [1, 2]
    assert (result.winner, result.ties) == (expected[0], ())


def test_the_marks_of_a_criterion_decide():
    result = ranked(panel_bids(tie_break=["technical", "C1"]))

    assert (order(result), result.winner) == (["B", "A"], "B")
    assert "A, B are equal; the rule “technical” finds them equal too." in result.as_json()["steps"]
    assert "A, B are equal; by the higher mark for C1: B, A." in result.as_json()["steps"]


@pytest.mark.parametrize("rules", [[], ["lots"], ["draw"], ["C1"]])
def test_a_tie_that_no_rule_settles_leaves_no_winner(rules):
    result = ranked(equal_bids(tie_break=rules))

    assert result.winner is None
    assert result.ties == (("A", "B"),)
    assert [standing.rank for standing in result.ranking] == [1, 1]


def test_a_drawing_of_lots_is_left_to_people():
    steps = ranked(equal_bids(tie_break=["lots"])).as_json()["steps"]

    assert steps[-2:] == [
        "A, B are equal; the next rule is a drawing of lots, which people must hold.",
        "A, B share the first rank: there is no winner until the tie is settled.",
    ]


def test_a_tie_below_the_first_rank_is_named_and_stops_nothing():
    bids = [bid("A", "90"), bid("B", "80"), bid("C", "80"), bid("D", "70")]
    result = ranked(problem("quality_only", *bids))

    assert result.winner == "A"
    assert result.ties == (("B", "C"),)
    assert [(standing.rank, standing.ref) for standing in result.ranking] == [(1, "A"), (2, "B"), (2, "C"), (4, "D")]


def test_a_rule_may_part_some_and_leave_the_others_to_the_next_rule():
    marks = {"A": ("30", "40"), "B": ("40", "30"), "C": ("40", "30")}
    times = {"A": EARLY, "B": LATE, "C": EARLY}
    bids = [
        bid(ref, marks={"V1": {"C1": one, "C2": two}}, submitted_at=times[ref]) for ref, (one, two) in marks.items()
    ]
    result = ranked(problem("quality_only", *bids, criteria=CRITERIA, tie_break=["C1", "submitted_at"]))

    assert order(result) == ["C", "B", "A"]
    assert "A, B, C are equal; by the higher mark for C1: B = C, A." in result.as_json()["steps"]


def test_a_rule_that_lacks_a_value_for_one_of_them_decides_nothing():
    bids = [bid("A", "80", submitted_at=EARLY), bid("B", "80")]
    result = ranked(problem("quality_only", *bids, tie_break=["submitted_at"]))

    assert result.winner is None
    assert "A, B are equal; the rule “submitted_at” has nothing to go by for all of them." in result.as_json()["steps"]


@pytest.mark.parametrize("method", ["qbs", "quality_only"])
def test_a_price_nobody_looks_at_breaks_no_tie(method):
    result = ranked(problem(method, bid("A", "80", "100"), bid("B", "80", "90"), tie_break=["price"]))

    assert result.winner is None
    assert not any(standing.as_json()["price_opened"] for standing in result.ranking)
