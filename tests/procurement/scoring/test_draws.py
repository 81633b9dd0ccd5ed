"""Lots drawn by people order a tied group, that group alone, and nothing that the engine decided."""

from procurement.scoring.draws import settled
from tests.procurement.scoring.problems import bid, problem, ranked

TIED = [bid("A", "80", "100"), bid("B", "80", "100"), bid("C", "80", "100"), bid("D", "60", "100")]


def order(result):
    return [(one.rank, one.ref) for one in result.ranking]


def tied():
    return ranked(problem("qcbs", *TIED, tie_break=["draw"]))


def test_without_a_drawing_the_first_rank_is_shared_and_nobody_wins():
    result = tied()
    assert (result.winner, result.ties) == (None, (("A", "B", "C"),))
    assert settled(result, draws=[]) is result


def test_a_drawing_orders_its_group_and_leaves_the_others_where_they_are():
    result = settled(tied(), draws=[["C", "A", "B"]])
    assert order(result) == [(1, "C"), (2, "A"), (3, "B"), (4, "D")]
    assert (result.winner, result.ties) == ("C", ())
    assert [step.code for step in result.steps[-2:]] == ["tie.drawn", "first.one"]


def test_a_drawing_among_others_decides_nothing_here():
    assert settled(tied(), draws=[["A", "B"], ["D", "A"]]).winner is None


def test_lots_drawn_among_more_decide_among_those_still_tied():
    fewer = ranked(problem("qcbs", *TIED[:2], TIED[3], tie_break=["draw"]))
    assert settled(fewer, draws=[["C", "B", "A"]]).winner == "B"


def test_the_latest_drawing_counts():
    assert settled(tied(), draws=[["A", "B", "C"], ["B", "C", "A"]]).winner == "B"


def test_a_drawing_turns_no_result_around():
    clear = ranked(problem("qcbs", bid("A", "80", "100"), bid("B", "70", "100"), tie_break=["draw"]))
    assert settled(clear, draws=[["B", "A"]]).winner == "A"


def test_a_tie_below_the_first_rank_is_ordered_without_touching_the_winner():
    bids = [bid("A", "90", "100"), bid("B", "70", "100"), bid("C", "70", "100")]
    result = settled(ranked(problem("qcbs", *bids, tie_break=["draw"])), draws=[["C", "B"]])
    assert order(result) == [(1, "A"), (2, "C"), (3, "B")]
    assert result.winner == "A"
