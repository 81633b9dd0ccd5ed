"""The scores of those still in the race: each is relative to the others, so all are reckoned together and none is kept."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from procurement.scoring.explanation import Explanation
from procurement.scoring.methods import METHODS
from procurement.scoring.prices import PriceRange, financial_score
from procurement.scoring.steps import Param, Step
from procurement.scoring.terms import Method, Normalise, Problem, Weights

HUNDRED = Fraction(100)


def scored(entries: Sequence[Explanation], *, problem: Problem) -> list[Explanation]:
    """Add the scores the method calls for; the best mark and the lowest price are taken among these entries alone."""
    points = problem.weights if problem.method == Method.POINTS else None
    with_technical = _technical(entries, problem=problem, scale=points.technical if points else HUNDRED)
    weights = problem.weights
    if weights is None or not METHODS[problem.method].combines:
        return with_technical
    with_prices = _financial(with_technical, problem=problem, scale=points.financial if points else HUNDRED)
    return [
        replace(entry, combined=_combined(entry, weights=weights, points=points is not None)) for entry in with_prices
    ]


def landmarks(entries: Sequence[Explanation]) -> list[Step]:
    """Name the highest mark and the lowest price in the race, and whose they are."""
    steps = []
    marks = [(entry.technical, entry.ref) for entry in entries if entry.technical is not None]
    prices = [(entry.price, entry.ref) for entry in entries if entry.price is not None]
    for code, values, choose in (("best.mark", marks, max), ("best.price", prices, min)):
        if values:
            value = choose(value for value, _ in values)
            steps.append(Step(code, {"value": value, "refs": tuple(ref for each, ref in values if each == value)}))
    return steps


def _technical(entries: Sequence[Explanation], *, problem: Problem, scale: Fraction) -> list[Explanation]:
    best = max((entry.technical for entry in entries if entry.technical is not None), default=Fraction())
    return [
        entry
        if entry.technical is None
        else replace(
            entry, technical_score=_technical_score(entry.ref, entry.technical, problem=problem, best=best, scale=scale)
        )
        for entry in entries
    ]


def _technical_score(ref: str, mark: Fraction, *, problem: Problem, best: Fraction, scale: Fraction) -> Step:
    code, value = "technical.none", mark
    match problem.technical.normalise:
        case Normalise.BEST if best == 0:
            code = "technical.best.zero"
        case Normalise.BEST:
            code, value = "technical.best", scale * mark / best
        case Normalise.MAX:
            code, value = "technical.max", scale * mark / problem.technical.max
    return Step(
        code, {"ref": ref, "scale": scale, "mark": mark, "best": best, "max": problem.technical.max, "value": value}
    )


def _financial(entries: Sequence[Explanation], *, problem: Problem, scale: Fraction) -> list[Explanation]:
    priced = [(entry, entry.price) for entry in entries if entry.price is not None]
    if not priced:
        return []
    among = PriceRange.of(price for _, price in priced)
    return [
        replace(
            entry,
            financial_score=financial_score(ref=entry.ref, price=price, terms=problem.price, among=among, scale=scale),
        )
        for entry, price in priced
    ]


def _combined(entry: Explanation, *, weights: Weights, points: bool) -> Step:
    assert entry.technical_score
    assert entry.financial_score
    technical, financial = entry.technical_score.value, entry.financial_score.value
    operands: dict[str, Param] = {"ref": entry.ref, "technical": technical, "financial": financial}
    if points:
        return Step("combined.points", {**operands, "value": technical + financial})
    value = weights.technical * technical + weights.financial * financial
    shares = {"technical_weight": weights.technical, "financial_weight": weights.financial}
    return Step("combined.weighted", {**operands, **shares, "value": value})
