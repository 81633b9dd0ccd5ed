"""A problem that cannot be ranked is refused whole, with the path of every field that is wrong."""

import json
from typing import Any

import pytest

from procurement.scoring.problem import BadProblem, parse, parse_text
from tests.procurement.scoring.problems import bid, problem

CRITERIA = [{"code": "C1", "max": "35"}, {"code": "C2", "max": "65", "minimum": "30"}]


def refusals(raw: Any) -> dict[str, str]:
    with pytest.raises(BadProblem) as refused:
        parse(raw)
    return dict(refused.value.errors)


def panel(**marks: dict[str, str]) -> dict[str, Any]:
    return bid("B", price="10", marks=marks)


FULL = {"C1": "30", "C2": "60"}
SEEN = panel(V1=FULL, V2=FULL) | {"ref": "A"}


@pytest.mark.parametrize(
    ("changes", "path", "sentence"),
    [
        ({"method": "best"}, "method", "must be one of prag, "),
        ({"method": None}, "method", "is missing"),
        ({"colour": "red"}, "colour", "is not a field"),
        ({"weights": {"technical": "0.8", "financial": "0.3"}}, "weights", "must sum to 1, not 1.1"),
        ({"weights": {"technical": "0.8", "financial": "0.1999"}}, "weights", "must sum to 1, not 0.9999"),
        ({"weights": {"technical": "0.8"}}, "weights.financial", "is missing"),
        ({"weights": {"technical": "0.8", "financial": "0.2", "gender": "0"}}, "weights.gender", "is not a field"),
        ({"weights": {"technical": "1.2", "financial": "-0.2"}}, "weights.financial", "must not be negative"),
        (
            {"weights": {"technical": 0.8, "financial": "0.2"}},
            "weights.technical",
            "must be a number written as a string",
        ),
        ({"weights": None}, "weights", "are missing: the method qcbs combines two scores"),
        ({"technical": {"threshold": "101"}}, "technical.threshold", "must not be above the maximum of 100"),
        ({"technical": {"max": "0"}}, "technical.max", "must be above zero"),
        ({"technical": {"normalise": "worst"}}, "technical.normalise", "must be one of best, max, none"),
        ({"technical": {"aggregate": None, "thresold": "75"}}, "technical.thresold", "is not a field"),
        ({"technical": "75"}, "technical", "must be an object"),
        ({"price": {"formula": "n_times"}}, "price.n", "must be given, and above 1"),
        ({"price": {"formula": "n_times", "n": "1"}}, "price.n", "must be given, and above 1"),
        ({"price": {"ceiling": "-5"}}, "price.ceiling", "must be above zero"),
        ({"price": {"ceiling_binding": "yes"}}, "price.ceiling_binding", "must be true or false"),
        ({"method": "fbs", "budget": None}, "budget", "is missing"),
        ({"tie_break": ["luck"]}, "tie_break[0]", "is neither a rule"),
        ({"tie_break": ["price", "price"]}, "tie_break[1]", "is already in the list"),
        ({"tie_break": ["lots", "price"]}, "tie_break[1]", "nothing can come after a drawing of lots"),
        ({"tie_break": "price"}, "tie_break", "must be a list"),
        ({"criteria": CRITERIA, "tie_break": ["C3"]}, "tie_break[0]", "is neither a rule"),
        ({"criteria": [*CRITERIA, CRITERIA[0]]}, "criteria[2].code", "is already the code"),
        ({"criteria": [{"code": "price", "max": "5"}]}, "criteria[0].code", "is the name of a tie-break rule"),
        ({"criteria": [{"code": "C1", "max": "5", "minimum": "6"}]}, "criteria[0].minimum", "must not be above"),
        ({"criteria": [{"code": "C1", "max": "101"}]}, "criteria", "sum to 101, above the highest mark of 100"),
        ({"applications": []}, "applications", "must hold at least one"),
        ({"applications": ["A"]}, "applications[0]", "must be an object"),
        ({"method": "points", "weights": {"technical": "0", "financial": "0"}}, "weights", "must leave some points"),
        ({"method": "points", "weights": {"technical": "70", "financial": "30"}}, "applications[0].technical", "of 70"),
    ],
)
def test_bad_terms_are_refused_with_their_path(changes, path, sentence):
    raw = problem("qcbs", bid("A", "80", "100"), bid("B", "70", "90"), **changes)

    assert sentence in refusals(raw)[path]


@pytest.mark.parametrize(
    ("application", "field", "sentence"),
    [
        (bid("A", "80", "10"), "ref", "A is already the reference of another application"),
        (bid(" B", "80", "10"), "ref", "must be a name on one line"),
        (bid("B\u202e", "80", "10"), "ref", "must be a name on one line"),
        (bid("", "80", "10"), "ref", "must be a name on one line"),
        ({"technical": "80", "price": "10"}, "ref", "is missing"),
        (bid("B", "80", "0"), "price", "must be above zero"),
        (bid("B", "80", "-1"), "price", "must be above zero"),
        (bid("B", "80", "13,900"), "price", "must be a number written as a string"),
        (bid("B", "80", "NaN"), "price", "must be a number written as a string"),
        (bid("B", "80", "1e999999999"), "price", "must be a number written as a string"),
        (bid("B", "80", "１０"), "price", "must be a number written as a string"),
        (bid("B", "100.01", "10"), "technical", "must not be above the maximum of 100"),
        (bid("B", "-1", "10"), "technical", "must not be negative"),
        (bid("B", price="10"), "technical", "is missing, and so are the marks"),
        (bid("B", "80", "10", marks={"V1": FULL}), "marks", "cannot be given beside a technical mark"),
        (bid("B", "80", "10", admissible="yes"), "admissible", "must be true or false"),
        (
            bid("B", "80", "10", submitted_at="2020-03-11T10:00:00"),
            "submitted_at",
            "must be an instant with its offset",
        ),
        (bid("B", "80", "10", submitted_at="yesterday"), "submitted_at", "must be an instant with its offset"),
        (bid("B", "80", "10", name="Ms B"), "name", "is not a field"),
        (panel(V1=FULL), "marks.V2", "is missing"),
        (panel(V1=FULL, V2={"C1": "30"}), "marks.V2.C2", "is missing"),
        (panel(V1=FULL, V2=FULL | {"C3": "1"}), "marks.V2.C3", "is not a criterion"),
        (panel(V1=FULL, V2=FULL | {"C1": "35.01"}), "marks.V2.C1", "must not be above the maximum of 35"),
        (panel(V1=FULL, V2=FULL | {"C1": "-1"}), "marks.V2.C1", "must not be negative"),
        (panel(V1=FULL, V2=FULL | {"C1": None}), "marks.V2.C1", "is missing"),
        (panel(V1=FULL, V2=FULL | {"C1": 30}), "marks.V2.C1", "must be a number written as a string"),
    ],
)
def test_a_bad_application_is_refused_with_its_path(application, field, sentence):
    raw = problem("qcbs", SEEN, application, criteria=CRITERIA)

    assert sentence in refusals(raw)[f"applications[1].{field}"]


def test_the_application_used_above_is_sound():
    assert len(parse(problem("qcbs", SEEN, panel(V1=FULL, V2=FULL), criteria=CRITERIA)).applications) == 2


def test_every_reason_is_given_at_once():
    raw = problem("qcbs", bid("A", "80", "0"), bid("B", 80, "90"), colour="red", weights={"technical": "0.8"})

    assert set(refusals(raw)) == {"weights.financial", "applications[0].price", "applications[1].technical", "colour"}


def test_an_evaluator_who_appears_twice_is_refused():
    sheet = json.dumps(FULL)
    text = json.dumps(problem("qcbs", bid("A", "80", "1"), criteria=CRITERIA)).replace(
        '"technical": "80"', f'"marks": {{"V1": {sheet}, "V1": {sheet}}}'
    )

    with pytest.raises(BadProblem) as refused:
        parse_text(text)

    assert refused.value.errors == [("applications[0].marks.V1", "appears twice")]


def test_marks_without_criteria_are_refused():
    assert refusals(problem("qcbs", SEEN)) == {"criteria": "are missing: marks are given"}


def test_a_trimmed_mean_of_two_sheets_is_refused():
    raw = problem("qcbs", SEEN, technical={"aggregate": "trimmed_mean"}, criteria=CRITERIA)

    assert refusals(raw) == {"applications[0].marks": "must come from at least 3 evaluators for a trimmed mean"}


@pytest.mark.parametrize("text", ["", "{", "nonsense", "[" * 100_000])
def test_text_that_is_not_json_is_refused(text):
    with pytest.raises(BadProblem, match="problem: is not JSON"):
        parse_text(text)


@pytest.mark.parametrize("raw", [[], "text", None, 5])
def test_json_that_is_no_object_is_refused(raw):
    assert refusals(raw) == {"problem": "must be an object"}
