"""The arithmetic of a step as a formula with its operands set apart; signs and figures only, so that it needs no words."""

from __future__ import annotations

import re
from fractions import Fraction

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from procurement.scoring.steps import Step
from procurement.scoring.terms import Problem
from procurement.web.figures import number_of, shown, whole

# The operands between asterisks are set in bold: they can be opened, or are the result.
FORMULAS = {
    "technical.best": "{scale} × *{mark}* ÷ *{best}* = *{value}*",
    "technical.max": "{scale} × *{mark}* ÷ {max} = *{value}*",
    "technical.none": "*{mark}*",
    "price.inverse": "{scale} × *{lowest}* ÷ *{price}* = *{value}*",
    "price.linear": "{scale} × (*{highest}* − *{price}*) ÷ (*{highest}* − *{lowest}*) = *{value}*",
    "price.penalty": "{scale} × (1 − (*{price}* − *{lowest}*) ÷ *{lowest}*) = *{value}*",
    "price.penalty.floor": "{scale} × (1 − (*{price}* − *{lowest}*) ÷ *{lowest}*) < 0 → *{value}*",
    "price.n_times": "{scale} × ({n} × *{lowest}* − *{price}*) ÷ (({n} − 1) × *{lowest}*) = *{value}*",
    "price.n_times.floor": "{scale} × ({n} × *{lowest}* − *{price}*) ÷ (({n} − 1) × *{lowest}*) < 0 → *{value}*",
    "combined.points": "*{technical}* + *{financial}* = *{value}*",
}
PLAIN = {"scale", "n", "max"}  # written as they are, not with two decimals


def formula(step: Step) -> SafeString:
    """Write the formula of a score; a step that has none says its sentence."""
    if step.code == "combined.weighted":
        return _weighted(step)
    pattern = FORMULAS.get(step.code)
    if pattern is None:
        return format_html("{}", step.sentence(translate=gettext, number=whole))
    figures = {
        name: whole(value) if name in PLAIN else shown(value)
        for name, value in step.params.items()
        if isinstance(value, Fraction)
    }
    return emphasised(pattern.format(**figures))


def _weighted(step: Step) -> SafeString:
    names = ("technical_weight", "technical", "financial_weight", "financial")
    tw, t, fw, f = (number_of(step, name) for name in names)
    return emphasised(
        f"{shown(tw)} × *{shown(t)}* + {shown(fw)} × *{shown(f)}* = {shown(tw * t)} + {shown(fw * f)} = *{shown(step.value)}*"
    )


def mark_formula(step: Step, problem: Problem) -> SafeString:
    """Write how the sheets make one technical mark: “(78 + 81 + 78) ÷ 3 = 79.00”; other ways than the mean in words."""
    totals = step.params.get("totals")
    if step.code != "mark.mean" or not isinstance(totals, tuple) or len(totals) < 2:
        return format_html("{}", step.sentence(translate=gettext, number=whole))
    values = [value for _name, value in totals]  # type: ignore[misc]
    added = " + ".join(f"*{whole(value)}*" for value in values)
    return emphasised(f"({added}) ÷ {len(values)} = *{shown(step.value, limit=problem.technical.threshold)}*")


def emphasised(text: str) -> SafeString:
    """Set what stands between asterisks in bold."""
    pieces = enumerate(re.split(r"\*(.+?)\*", text))
    return format_html_join("", "{}", ((format_html("<b>{}</b>", piece) if at % 2 else piece,) for at, piece in pieces))
