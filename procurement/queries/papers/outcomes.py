"""What became of the applications, as facts of the letters: ranked, or out and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import cast

from procurement.letters import facts
from procurement.letters.outcomes import Exclusion, Outcome, Ranked
from procurement.letters.wording import format_amount, format_instant, format_mark
from procurement.letters.words.phrase import say
from procurement.models import Application, Call
from procurement.queries.out_of_race import Out
from procurement.queries.papers import award_words as words
from procurement.queries.papers.frame import applicant_facts, language_of
from procurement.queries.run import ReadRun, exact, points_of, total_of


def money(amount: Decimal, *, call: Call) -> facts.Money:
    """Return an amount in the currency of a call, taxed as its ceiling is."""
    return facts.Money(amount=amount, currency=call.currency, tax=cast(facts.Tax, str(call.tax)))


def ranked_facts(call: Call, read: ReadRun, applications: Mapping[str, Application]) -> tuple[Ranked, ...]:
    """Return the ranking of a run, the best first, at full precision; `applications` by label."""
    return tuple(_ranked(call, read, label, applications[label]) for label in read.lines)


def _ranked(call: Call, read: ReadRun, label: str, application: Application) -> Ranked:
    line = read.lines[label]
    technical, financial = points_of(line, problem=read.problem)
    priced = line.price is not None
    return Ranked(
        applicant=applicant_facts(application),
        rank=read.ranks[label],
        technical=exact(line.technical) if line.technical is not None else Decimal(0),
        technical_score=exact(line.technical_score.value) if line.technical_score else Decimal(0),
        combined=exact(total_of(line)),
        price=money(exact(line.price), call=call) if line.price is not None else None,
        financial_score=exact(line.financial_score.value) if line.financial_score else None,
        technical_points=exact(technical) if priced else None,
        financial_points=exact(financial) if priced else None,
    )


OUTCOMES: dict[str, Outcome] = {
    "late": "late",
    "non_compliant": "non_compliant",
    "below_threshold": "below_threshold",
    "below_minimum": "below_minimum",
    "over_ceiling": "over_ceiling",
    "excluded": "excluded",
}


def exclusion_facts(call: Call, out: Iterable[Out]) -> tuple[Exclusion, ...]:
    """Return who is out of the ranking, with the reason in the call's language."""
    return tuple(
        Exclusion(
            applicant=applicant_facts(one.application),
            outcome=OUTCOMES[one.ground],
            reason=reason_of(call, one),
            technical=one.mark,
            price=money(one.price, call=call) if one.price is not None else None,
            price_opened=one.price is not None,
        )
        for one in out
    )


def reason_of(call: Call, out: Out) -> str:
    """Say in the call's language why an application is out: the reason written, or the figures that decided."""
    language = language_of(call)
    if out.reason:
        return out.reason
    phrase = {
        "late": words.LATE,
        "below_threshold": words.BELOW_THRESHOLD if call.two_envelopes else words.BELOW_THRESHOLD_ONE,
        "below_minimum": words.BELOW_MINIMUM if call.two_envelopes else words.BELOW_MINIMUM_ONE,
        "over_ceiling": words.OVER_CEILING,
        "non_compliant": words.NOT_COMPLIANT,
        "excluded": words.EXCLUDED,
    }[out.ground]
    return say(phrase, language, **_values(call, out, language))


def _values(call: Call, out: Out, language: facts.Language) -> dict[str, str]:
    if out.ground == "late":
        moments = {"received": out.received_at, "deadline": out.deadline}
        return {
            name: format_instant(moment, language=language, zone=call.timezone, precision="second") if moment else ""
            for name, moment in moments.items()
        }
    if out.ground == "over_ceiling":
        assert out.limit is not None
        assert out.price is not None
        amounts = {"gap": out.price - out.limit, "limit": out.limit}
        return {name: format_amount(money(amount, call=call), language=language) for name, amount in amounts.items()}
    if out.ground in ("below_threshold", "below_minimum"):
        mark = out.criterion_mark if out.ground == "below_minimum" else out.mark
        assert mark is not None
        assert out.limit is not None
        shown = format_mark(mark, language=language, threshold=out.limit)
        return {"mark": shown, "limit": format_mark(out.limit, language=language), "criterion": out.criterion}
    return {}
