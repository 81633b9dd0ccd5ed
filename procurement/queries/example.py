"""Two imaginary applications, ranked by the engine with the rules of a call: the formula of a notice in figures."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Any, cast

from procurement.enums import CeilingMode
from procurement.letters import facts
from procurement.letters.arithmetic import SUMMED, formula_in_numbers
from procurement.letters.outcomes import Ranked
from procurement.letters.wording import format_number
from procurement.letters.words.phrase import Phrase, say
from procurement.models import Call
from procurement.scoring.engine import rank
from procurement.scoring.problem import BadProblem, parse

SHARES = {
    "A": (Decimal("0.82"), Decimal("0.99")),
    "B": (Decimal("0.79"), Decimal("0.84")),
}  # of the maximum, of the ceiling
UNKNOWN_CEILING = Decimal(10000)
SENTENCE = Phrase(
    "deux candidatures en lice, A et B ; notes techniques {marks} ; prix {prices}. {lines}La première est {first}.",
    "two applications in the race, A and B; technical marks {marks}; prices {prices}. {lines}The first is {first}.",
)


def example_of(call: Call, method: facts.Method) -> list[Ranked]:
    """Return the two lines of the example, best first; nothing for a method that adds no scores, or while its rules do not hold."""
    if method.name not in SUMMED:
        return []
    known = call.ceiling_amount if call.ceiling_mode != CeilingMode.HIDDEN else None
    given = {ref: _offer(method, known or UNKNOWN_CEILING, *shares) for ref, shares in SHARES.items()}
    try:
        result = rank(parse(_problem(method, given))).as_json()
    except BadProblem:
        return []
    return [_line(standing, given, call) for standing in result["ranking"]] if result["winner"] else []


def equations_of(
    line: Ranked, lines: list[Ranked], *, method: facts.Method, language: facts.Language
) -> tuple[str, ...]:
    """Return the scores and the total of one line of the example, each as one equation."""
    return formula_in_numbers(line, method=method, ranking=lines, language=language)


def example_sentence(call: Call, method: facts.Method, *, language: facts.Language) -> str:
    """Write the example in a few sentences, with each equation; empty where there is none."""
    ranked = example_of(call, method)
    lines = sorted(ranked, key=lambda line: line.applicant.label)
    if not lines:
        return ""
    equations = (
        f"{line.applicant.label}: {'; '.join(equations_of(line, ranked, method=method, language=language))}. "
        for line in lines
    )
    return say(
        SENTENCE,
        language,
        marks=" / ".join(format_number(line.technical, language=language) for line in lines),
        prices=" / ".join(format_number(line.price.amount, language=language) for line in lines if line.price),
        lines="".join(equations),
        first=ranked[0].applicant.label,
    )


def _offer(method: facts.Method, ceiling: Decimal, of_maximum: Decimal, of_ceiling: Decimal) -> tuple[Decimal, Decimal]:
    mark = max(method.technical_maximum * of_maximum, method.threshold or Decimal(0)).quantize(Decimal("0.1"))
    step = Decimal(100) if ceiling >= 5000 else Decimal(1)
    return mark, (ceiling * of_ceiling / step).quantize(Decimal(1), rounding=ROUND_HALF_UP) * step


def _problem(method: facts.Method, given: dict[str, tuple[Decimal, Decimal]]) -> dict[str, Any]:
    return {
        "method": method.name,
        "weights": {"technical": str(method.technical_weight), "financial": str(method.financial_weight)},
        "technical": {"max": str(method.technical_maximum), "normalise": method.normalise},
        "price": {"formula": method.price_formula, **({"n": str(method.n)} if method.n else {})},
        "applications": [
            {"ref": ref, "technical": str(mark), "price": str(price)} for ref, (mark, price) in given.items()
        ],
    }


def _line(standing: dict[str, Any], given: dict[str, tuple[Decimal, Decimal]], call: Call) -> Ranked:
    mark, price = given[standing["ref"]]
    return Ranked(
        applicant=facts.Applicant(label=standing["ref"], name=""),
        rank=standing["rank"],
        technical=mark,
        technical_score=Decimal(standing["technical_score"]),
        combined=Decimal(standing["combined"]),
        price=facts.Money(amount=price, currency=call.currency, tax=cast(facts.Tax, str(call.tax))),
        financial_score=Decimal(standing["financial_score"]),
    )
