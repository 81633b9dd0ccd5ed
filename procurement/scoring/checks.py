"""Where the parts of a problem must agree with each other; each refusal names the field to correct."""

from collections.abc import Iterator, Mapping
from fractions import Fraction

from procurement.scoring.methods import METHODS
from procurement.scoring.points import brief
from procurement.scoring.reading import Refusal
from procurement.scoring.terms import (
    DRAWN_BY_PEOPLE,
    Aggregate,
    Application,
    Formula,
    Method,
    Normalise,
    Problem,
    TieRule,
)

TRIMMED_FROM = 3  # with fewer evaluators nothing is left between the highest and the lowest


def refusals(problem: Problem) -> Iterator[Refusal]:
    """Yield every disagreement between the fields of a problem that could be read."""
    yield from _weights(problem)
    yield from _limits(problem)
    yield from _criteria(problem)
    yield from _tie_break(problem)
    yield from _refs(problem)
    evaluators = {name for each in problem.applications if each.admissible for name in each.marks}
    for application in problem.applications:
        if application.marks:
            yield from _sheets(application, problem=problem, expected=evaluators)
        else:
            yield from _technical_mark(application, problem=problem)


def _weights(problem: Problem) -> Iterator[Refusal]:
    weights = problem.weights
    if weights is None:
        if METHODS[problem.method].combines:
            yield "weights", f"are missing: the method {problem.method} combines two scores"
        return
    total = weights.technical + weights.financial
    if problem.method == Method.POINTS:
        if total == 0:
            yield "weights", "must leave some points to win"
    elif total != 1:
        yield "weights", f"must sum to 1, not {brief(total)}"


def _limits(problem: Problem) -> Iterator[Refusal]:
    technical, price = problem.technical, problem.price
    if technical.threshold is not None and technical.threshold > technical.max:
        yield "technical.threshold", f"must not be above the maximum of {brief(technical.max)}"
    if price.formula == Formula.N_TIMES and (price.n is None or price.n <= 1):
        yield "price.n", "must be given, and above 1, for the formula n_times"
    if problem.method == Method.FBS and problem.budget is None:
        yield "budget", "is missing: the method fbs works within a budget"


def _criteria(problem: Problem) -> Iterator[Refusal]:
    seen: set[str] = set()
    for index, criterion in enumerate(problem.criteria):
        if criterion.code in seen:
            yield f"criteria[{index}].code", f"{criterion.code} is already the code of another criterion"
        if criterion.code in list(TieRule):
            yield f"criteria[{index}].code", f"{criterion.code} is the name of a tie-break rule"
        if criterion.minimum is not None and criterion.minimum > criterion.max:
            yield f"criteria[{index}].minimum", f"must not be above the maximum of {brief(criterion.max)}"
        seen.add(criterion.code)
    attainable = sum((criterion.weight * criterion.max for criterion in problem.criteria), Fraction())
    if attainable > _highest_mark(problem):
        yield "criteria", f"sum to {brief(attainable)}, above the highest mark of {brief(_highest_mark(problem))}"


def _tie_break(problem: Problem) -> Iterator[Refusal]:
    known = {*TieRule, *(criterion.code for criterion in problem.criteria)}
    for index, rule in enumerate(problem.tie_break):
        path = f"tie_break[{index}]"
        if rule in problem.tie_break[:index]:
            yield path, f"{rule} is already in the list"
        if index and problem.tie_break[index - 1] in DRAWN_BY_PEOPLE:
            yield path, "nothing can come after a drawing of lots"
        # A published rule may name a criterion where only totals are given: it then decides nothing, which is safe.
        if rule not in known and (problem.criteria or not rule[0].isupper()):
            yield path, f"{rule} is neither a rule ({', '.join(TieRule)}) nor the code of a criterion"


def _refs(problem: Problem) -> Iterator[Refusal]:
    if not problem.applications:
        yield "applications", "must hold at least one application"
    seen: set[str] = set()
    for application in problem.applications:
        if application.ref in seen:
            yield f"{application.path}.ref", f"{application.ref} is already the reference of another application"
        seen.add(application.ref)


def _technical_mark(application: Application, *, problem: Problem) -> Iterator[Refusal]:
    path, mark = f"{application.path}.technical", application.technical
    if mark is None:
        if application.admissible and METHODS[problem.method].judges:
            yield path, "is missing, and so are the marks"
        return
    if mark > _highest_mark(problem):
        yield path, f"must not be above the maximum of {brief(_highest_mark(problem))}"


def _highest_mark(problem: Problem) -> Fraction:
    """The maximum of a mark; where the mark itself is the points, also the maximum in points."""
    if problem.method == Method.POINTS and problem.technical.normalise == Normalise.NONE and problem.weights:
        return min(problem.technical.max, problem.weights.technical)
    return problem.technical.max


def _sheets(application: Application, *, problem: Problem, expected: set[str]) -> Iterator[Refusal]:
    """Compare the sheets with the expected ones: every evaluator, every criterion, nothing more (a sheet left out would move the mean)."""
    path, maxima = f"{application.path}.marks", {criterion.code: criterion.max for criterion in problem.criteria}
    if not maxima:
        yield "criteria", "are missing: marks are given"
        return
    if application.admissible:
        for evaluator in sorted(expected - set(application.marks)):
            yield f"{path}.{evaluator}", "is missing"
    if problem.technical.aggregate == Aggregate.TRIMMED_MEAN and len(application.marks) < TRIMMED_FROM:
        yield path, f"must come from at least {TRIMMED_FROM} evaluators for a trimmed mean"
    for evaluator, sheet in application.marks.items():
        yield from _sheet(sheet, path=f"{path}.{evaluator}", maxima=maxima)


def _sheet(sheet: Mapping[str, Fraction], *, path: str, maxima: Mapping[str, Fraction]) -> Iterator[Refusal]:
    for code in sorted(maxima.keys() | sheet.keys()):
        if code not in maxima:
            yield f"{path}.{code}", "is not a criterion"
        elif code not in sheet:
            yield f"{path}.{code}", "is missing"
        elif sheet[code] > maxima[code]:
            yield f"{path}.{code}", f"must not be above the maximum of {brief(maxima[code])}"
