"""The door of the engine: from a mapping, or JSON text, to a sound problem or every reason why not."""

from collections.abc import Sequence
from fractions import Fraction

from procurement.scoring import checks
from procurement.scoring.reading import BadProblem, Fields, Refusal, loaded
from procurement.scoring.terms import (
    Aggregate,
    Application,
    Criterion,
    Formula,
    Method,
    Normalise,
    PriceTerms,
    Problem,
    TechnicalTerms,
    Weights,
)

__all__ = ["BadProblem", "Problem", "parse", "parse_text"]

DEFAULT_MAX = Fraction(100)


def parse_text(text: str) -> Problem:
    """Read a problem from JSON text; a key written twice in one object is refused too, an evaluator's included."""
    return parse(loaded(text))


def parse(raw: object) -> Problem:
    """Read a problem whose numbers are strings; raise BadProblem with every field that is wrong."""
    errors: list[Refusal] = []
    problem = _problem(Fields.of(raw, path="", errors=errors))
    if not errors:
        errors.extend(checks.refusals(problem))
    if errors:
        raise BadProblem(errors)
    return problem


def _problem(fields: Fields) -> Problem:
    method = fields.choice("method", among=Method)
    weights = _weights(fields.inner_if_any("weights"))
    criteria = tuple(_criterion(each) for each in fields.items("criteria"))
    problem = Problem(
        method=method,
        weights=weights,
        technical=_technical(fields.inner("technical"), method=method, weights=weights, criteria=criteria),
        price=_price(fields.inner("price")),
        budget=fields.number_if_any("budget", zero=False),
        criteria=criteria,
        tie_break=fields.names("tie_break"),
        applications=tuple(_application(each) for each in fields.items("applications")),
    )
    fields.close()
    return problem


def _weights(fields: Fields | None) -> Weights | None:
    if fields is None:
        return None
    weights = Weights(technical=fields.number("technical"), financial=fields.number("financial"))
    fields.close()
    return weights


def _criterion(fields: Fields) -> Criterion:
    criterion = Criterion(
        code=fields.name("code"),
        max=fields.number("max", zero=False),
        weight=fields.number("weight", default=Fraction(1)),
        minimum=fields.number_if_any("minimum"),
    )
    fields.close()
    return criterion


def _technical(
    fields: Fields, *, method: Method, weights: Weights | None, criteria: Sequence[Criterion]
) -> TechnicalTerms:
    terms = TechnicalTerms(
        max=fields.number("max", zero=False, default=_usual_max(method=method, weights=weights, criteria=criteria)),
        threshold=fields.number_if_any("threshold"),
        normalise=fields.choice(
            "normalise", among=Normalise, default=Normalise.BEST if method == Method.PRAG else Normalise.NONE
        ),
        aggregate=fields.choice("aggregate", among=Aggregate, default=Aggregate.MEAN),
    )
    fields.close()
    return terms


def _usual_max(*, method: Method, weights: Weights | None, criteria: Sequence[Criterion]) -> Fraction:
    if criteria:
        return sum((criterion.weight * criterion.max for criterion in criteria), Fraction())
    return weights.technical if weights and method == Method.POINTS else DEFAULT_MAX


def _price(fields: Fields) -> PriceTerms:
    terms = PriceTerms(
        formula=fields.choice("formula", among=Formula, default=Formula.INVERSE),
        n=fields.number_if_any("n"),
        ceiling=fields.number_if_any("ceiling", zero=False),
        ceiling_binding=fields.flag("ceiling_binding", default=True),
    )
    fields.close()
    return terms


def _application(fields: Fields) -> Application:
    application = Application(
        ref=fields.name("ref"),
        admissible=fields.flag("admissible", default=True),
        technical=fields.number_if_any("technical"),
        marks=_marks(fields.inner("marks")),
        price=fields.number_if_any("price", zero=False),
        submitted_at=fields.instant_if_any("submitted_at"),
        path=fields.path,
    )
    if application.technical is not None and fields.has("marks"):
        fields.refuse("marks", "cannot be given beside a technical mark")
    fields.close()
    return application


def _marks(fields: Fields) -> dict[str, dict[str, Fraction]]:
    return {evaluator: _sheet(fields.inner(evaluator)) for evaluator in fields.every_name()}


def _sheet(fields: Fields) -> dict[str, Fraction]:
    return {code: fields.number(code) for code in fields.every_name()}
