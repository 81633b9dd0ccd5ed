"""The formula of a method in words, and an application's line of it in numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from procurement.letters.facts import Criterion, Language, Method
from procurement.letters.outcomes import Ranked
from procurement.letters.wording import currency_digits, format_amount, format_mark, format_number
from procurement.letters.words import method as words
from procurement.letters.words.phrase import say

SUMMED = ("prag", "qcbs", "points")  # methods whose total adds a technical and a financial part
_PRICE_ALONE = ("lpta", "lowest_price")


def rules_in_words(method: Method, *, language: Language) -> tuple[str, ...]:
    """The sentences that come before the formula: how marks join, the threshold, the budget."""
    told = []
    if method.name not in _PRICE_ALONE:
        told.append(say(words.AGGREGATES[method.aggregate], language))
    if method.threshold is not None:
        limits = (method.threshold, method.technical_maximum)
        threshold, maximum = (format_number(one, language=language) for one in limits)
        told.append(say(words.THRESHOLD, language, threshold=threshold, maximum=maximum))
    if method.budget is not None:
        budget = format_amount(method.budget, language=language, tax=True)
        told.append(say(words.BUDGET, language, amount=budget))
    return tuple(told)


def formula_in_words(method: Method, *, language: Language) -> tuple[str, ...]:
    """The formula: both scores and the total for methods that add them, else the rule of choice."""
    return (*_scores(method, language), _choice(method, language))


def _scores(method: Method, language: Language) -> list[str]:
    if method.name not in SUMMED:
        return []
    maximum = format_number(method.technical_maximum, language=language)
    n = "" if method.n is None else format_number(method.n, language=language)
    return [
        say(words.NORMALISATIONS[method.normalise], language, maximum=maximum),
        say(words.PRICES[method.price_formula], language, n=n),
    ]


def _weight(weight: Decimal, language: Language) -> str:
    return format_number(weight, language=language, digits=2 if weight < 1 else None)


def _choice(method: Method, language: Language) -> str:
    technical, financial = method.technical_weight, method.financial_weight
    return say(
        words.CHOICES[method.name],
        language,
        technical=_weight(technical, language),
        financial=_weight(financial, language),
    )


def tie_in_words(method: Method, *, criteria: Sequence[Criterion], language: Language) -> str:
    """The declared tie-break rules, in order, or the sentence that there are none."""
    if not method.tie_break:
        return say(words.NO_TIE_RULE, language)
    titles = {one.code: one.title for top in criteria for one in (top, *top.children)}
    rules = []
    for at, code in enumerate(method.tie_break, start=1):
        known = words.TIE_BREAKS.get(code)
        if known is None:
            rule = say(words.TIE_CRITERION, language, code=code, title=titles.get(code, code))
        else:
            rule = say(known, language)
        rules.append(f"({at}) {rule}")
    return say(words.TIE_ORDER, language, rules=", ".join(rules))


def points(row: Ranked, *, method: Method) -> tuple[Decimal, Decimal]:
    """The two contributions to a total: those given with the row, else weight times score."""
    technical = row.technical_points
    if technical is None:
        share = Decimal(1) if method.name == "points" else method.technical_weight
        technical = share * row.technical_score
    financial = row.financial_points
    if financial is None:
        scale = 100 if method.name == "points" else 1
        financial = method.financial_weight * (row.financial_score or Decimal(0)) / scale
    return technical, financial


@dataclass(frozen=True, kw_only=True)
class Bounds:
    """The best technical mark and the extreme prices among the applications in the race."""

    best: Decimal
    low: Decimal
    high: Decimal


def bounds_of(ranking: Sequence[Ranked]) -> Bounds:
    """The bounds that every score of a ranking refers to; zero where nothing is priced."""
    prices = [one.price.amount for one in ranking if one.price is not None] or [Decimal(0)]
    best = max((one.technical for one in ranking), default=Decimal(0))
    return Bounds(best=best, low=min(prices), high=max(prices))


def formula_in_numbers(
    row: Ranked, *, method: Method, ranking: Sequence[Ranked], language: Language, bounds: Bounds | None = None
) -> tuple[str, ...]:
    """An application's technical score, financial score and total, each as one equation; nothing
    for a method that adds no scores. `bounds` spares looking through a long ranking again."""
    if method.name not in SUMMED or row.price is None or row.financial_score is None:
        return ()
    bounds = bounds or bounds_of(ranking)
    lines = [line for line in (_technical(row, method, bounds, language),) if line]
    lines.append(_financial(row, method, bounds, language))
    lines.append(_total(row, method, language))
    return tuple(lines)


def _technical(row: Ranked, method: Method, bounds: Bounds, language: Language) -> str:
    divisor = {"best": bounds.best, "max": method.technical_maximum}.get(method.normalise)
    if divisor is None:
        return ""
    own, other, score = (format_mark(one, language=language) for one in (row.technical, divisor, row.technical_score))
    return f"100 × {own} ÷ {other} = {score}"


def _financial(row: Ranked, method: Method, bounds: Bounds, language: Language) -> str:
    assert row.price is not None
    assert row.financial_score is not None
    score = format_mark(row.financial_score, language=language)
    if method.price_formula == "linear" and bounds.low == bounds.high:
        return say(words.EQUAL_PRICES, language, score=score)
    digits = currency_digits(row.price.currency)
    price, low, high = (
        format_number(one, language=language, digits=digits) for one in (row.price.amount, bounds.low, bounds.high)
    )
    n = "" if method.n is None else format_number(method.n, language=language)
    left = {
        "inverse": f"100 × {low} ÷ {price}",
        "linear": f"100 × ({high} − {price}) ÷ ({high} − {low})",
        "penalty": f"100 × (1 − ({price} − {low}) ÷ {low})",
        "n_times": f"100 × ({n} × {low} − {price}) ÷ (({n} − 1) × {low})",
    }[method.price_formula]
    return f"{left} = {score}"


def _total(row: Ranked, method: Method, language: Language) -> str:
    assert row.financial_score is not None
    technical, financial = points(row, method=method)
    t, f, ts, fs, total = (
        format_mark(one, language=language)
        for one in (technical, financial, row.technical_score, row.financial_score, row.combined)
    )
    wt, wf = (_weight(one, language) for one in (method.technical_weight, method.financial_weight))
    if method.name == "points":
        return f"{t} + {wf} × {fs} ÷ 100 = {t} + {f} = {total}"
    return f"{wt} × {ts} + {wf} × {fs} = {t} + {f} = {total}"
