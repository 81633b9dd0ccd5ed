"""The values of a rule set in words."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from workflow.templatetags.amounts import mark_text, percent_text

NORMALISE = [
    ("best", _("100 × mark ÷ best mark in the race")),
    ("max", _("100 × mark ÷ maximum")),
    ("none", _("The mark itself")),
]
PRICE_FORMULA = [
    ("inverse", _("100 × lowest price ÷ price")),
    ("linear", _("100 × (highest price − price) ÷ (highest price − lowest price)")),
    ("penalty", _("100 × (1 − (price − lowest price) ÷ lowest price)")),
    ("n_times", _("100 × (n × lowest price − price) ÷ ((n − 1) × lowest price)")),
]
TECHNICAL_MARK = [
    ("mean", _("The mean of the signed sheets; the consensus discusses and does not replace them")),
    ("consensus", _("The marks of the consensus")),
]
TIES = [
    ("technical", _("The higher technical mark")),
    ("price", _("The lower price")),
    ("submitted_at", _("The earlier submission")),
    ("draw", _("Drawing lots")),
]
LABELS = {
    "normalise": dict(NORMALISE),
    "price_formula": dict(PRICE_FORMULA),
    "technical_mark": dict(TECHNICAL_MARK),
}


def rule_shown(key: str, value: Any, *, shares: bool) -> str:
    """Write one value of a rule set; `shares` says that the weights are shares of one."""
    if key in LABELS:
        return str(LABELS[key].get(value, value))
    if key == "tie_break":
        return ties_shown(value)
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if key in ("technical_weight", "financial_weight") and shares:
        return percent_text(Decimal(str(value)), of_one=True)
    return mark_text(value, places=None)


def ties_shown(codes: list[str]) -> str:
    """Write the order in which rules break a tie."""
    names = {**dict(TIES), "lots": dict(TIES)["draw"]}
    return ", ".join(f"({place}) {names.get(code, code)}" for place, code in enumerate(codes, start=1))
