"""What is kept of a ranking can be written, hashed and said in another language."""

import re
from fractions import Fraction

import pytest

from procurement.scoring.draws import settled
from procurement.scoring.record import canonical, digest
from procurement.scoring.sentences import SENTENCES
from procurement.scoring.steps import Step
from tests.procurement.scoring.problems import FORMULAS, METHODS, bid, problem, ranked

CRITERIA = [{"code": "C1", "max": "100", "minimum": "10", "weight": "1"}]


def test_the_result_is_written_as_the_door_promises():
    result = ranked(problem("qcbs", bid("A", "80", "300"), bid("B", "80", "700"), bid("C", admissible=False)))

    assert {key: value for key, value in result.as_json().items() if key != "steps"} == {
        "winner": "A",
        "ties": [],
        "ranking": [
            {
                "ref": "A",
                "rank": 1,
                "technical": "80",
                "technical_score": "80",
                "financial_score": "100",
                "combined": "86",
                "price_opened": True,
            },
            {
                "ref": "B",
                "rank": 2,
                "technical": "80",
                "technical_score": "80",
                "financial_score": "42.8571428571428571428571428571",
                "combined": "68.8571428571428571428571428571",
                "price_opened": True,
            },
        ],
        "excluded": [{"ref": "C", "reason": "not_admissible", "price_opened": False}],
        "engine": "1.0",
    }


def test_the_hash_does_not_depend_on_how_the_keys_were_written_and_does_on_every_value():
    one = digest(problem_json={"a": "1", "b": "é"}, result_json={"winner": None})

    assert one == digest(problem_json={"b": "é", "a": "1"}, result_json={"winner": None})
    assert one != digest(problem_json={"a": "1", "b": "e"}, result_json={"winner": None})
    assert one != digest(problem_json={"a": "1", "b": "é"}, result_json={"winner": "A"})
    assert one != digest(problem_json={"a": "1", "b": "é"}, result_json={"winner": None}, draws_json=[{"order": ["A"]}])
    assert re.fullmatch("[0-9a-f]{64}", one)


def test_canonical_json_is_one_line_of_sorted_keys_in_utf_8():
    assert canonical({"b": ["é", None], "a": True}) == '{"a":true,"b":["é",null]}'.encode()


def test_canonical_json_refuses_what_json_cannot_say():
    with pytest.raises(ValueError, match="not JSON compliant"):
        canonical({"a": float("nan")})


def test_a_step_is_said_in_another_language_with_its_own_numbers():
    step = Step(
        "sheet.total",
        {"ref": "E2", "evaluator": "V1", "products": ((Fraction(2), Fraction(30)),), "value": Fraction(60)},
    )
    french = {SENTENCES["sheet.total"]: "%(ref)s, grille de %(evaluator)s : %(products)s font %(value)s"}

    said = step.sentence(translate=french.__getitem__, number=lambda value: f"{float(value):.1f}".replace(".", ","))

    assert said == "E2, grille de V1 : 2,0 × 30,0 font 60,0"


def test_every_sentence_can_be_reached_and_no_step_lacks_one():
    assert {step.code for result in results_of_every_kind() for step in result.steps} == set(SENTENCES)


def results_of_every_kind():
    bids = [bid("A", "80", "100"), bid("B", "80", "450"), bid("C", "9", "90"), bid("D", admissible=False)]
    judged = {"technical": {"threshold": "10"}}
    yield from (ranked(problem(method, *bids, **judged)) for method in METHODS)
    yield from (ranked(problem("qcbs", *bids, **judged, price={"formula": name, "n": "3"})) for name in FORMULAS)
    yield from (ranked(problem("qcbs", *bids[:2], technical={"normalise": name})) for name in ("best", "max"))
    yield ranked(problem("qcbs", bids[0], price={"formula": "linear"}))
    yield from (
        ranked(problem("qcbs", bids[0], bid("E", "0", "150"), price={"formula": name, "n": "3"})) for name in FORMULAS
    )
    yield ranked(problem("prag", bid("A", "0", "100")))
    yield ranked(problem("fbs", *bids, budget="200"))
    yield from (ranked(problem("lcs", *bids, price={"ceiling": "200", "ceiling_binding": it})) for it in (True, False))
    yield ranked(problem("lcs", bids[3]))
    yield ranked(problem("qbs", bids[0]))
    for aggregate in ("mean", "median", "trimmed_mean"):
        marks = [{f"V{index}": {"C1": mark} for index in range(3)} for mark in ("9", "30")]
        sheets = [bid(ref, price="10", marks=mark) for ref, mark in zip("AB", marks, strict=True)]
        yield ranked(problem("qcbs", *sheets, technical={"aggregate": aggregate}, criteria=CRITERIA))
    yield from results_of_every_tie()


def results_of_every_tie():
    hour = "2020-03-11T{}:00:00Z".format
    one = bid("A", price="100", marks={"V1": {"C1": "40", "C2": "40"}}, submitted_at=hour(10))
    two = bid("B", price="125", marks={"V1": {"C1": "50", "C2": "50"}}, submitted_at=hour(11))
    terms = {"weights": {"technical": "0.5", "financial": "0.5"}}
    criteria = [{"code": "C1", "max": "50"}, {"code": "C2", "max": "50"}]
    for rules in ([], ["technical"], ["price"], ["submitted_at"], ["C1"], ["draw"]):
        yield ranked(problem("qcbs", one, two, **terms, criteria=criteria, tie_break=rules))
    yield ranked(problem("quality_only", bid("A", "80"), bid("B", "80"), tie_break=["technical", "price"]))
    yield settled(ranked(problem("qcbs", one, two, **terms, criteria=criteria, tie_break=["draw"])), draws=[["B", "A"]])
