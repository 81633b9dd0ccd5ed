"""Rule sets by donor practice (reference §7): a call copies one, may change it, and freezes it at approval. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

RULES_VERSION = "1"

COMMON: dict[str, Any] = {
    "version": RULES_VERSION,
    "technical_weight": "0.80",
    "financial_weight": "0.20",
    "threshold": "75",
    "normalise": "best",
    "aggregate": "mean",
    "technical_mark": "mean",  # mean of the signed sheets, or the marks of the consensus
    "price_formula": "inverse",
    "price_n": "3",
    "tie_break": ["technical", "draw"],
    "comment_minimum": 0,  # characters of the comment each mark needs; 0: optional
    "spread_percent": 30,  # a spread above this part of the maximum needs a reason in the consensus
    "reason_minimum": 30,
    "minimum_voting": 3,
    "odd_voting": True,
    "minimum_days": 15,  # full days between publication and deadline
    "shortlist_mark": "0",  # mark on file from which an application is invited to the interview
    "declaration": True,
}

PRESETS: dict[str, dict[str, Any]] = {
    "prag": {**COMMON, "preset": "prag", "comment_minimum": 10},
    "qcbs": {**COMMON, "preset": "qcbs", "normalise": "none", "technical_mark": "consensus", "odd_voting": False},
    "points": {
        **COMMON,
        "preset": "points",
        "technical_weight": "70",
        "financial_weight": "30",
        "threshold": "49",
        "normalise": "none",
        "odd_voting": False,
        "minimum_days": 10,
    },
}


CHANGEABLE = frozenset(COMMON) - {"version"}
CHOSEN_HERE = frozenset({"shortlist_mark"})  # belongs to the criteria of the call: no usual value to depart from


def preset(name: str) -> dict[str, Any]:
    """Return a fresh copy of a rule set by name."""
    copied = dict(PRESETS[name])
    copied["tie_break"] = list(copied["tie_break"])
    return copied


def changes(rules: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Return what a call changed in its preset, key by key: (usual value, value of this call)."""
    usual = PRESETS[rules["preset"]]
    keys = [key for key in rules if key in CHANGEABLE and key not in CHOSEN_HERE]
    return {key: (usual.get(key), rules[key]) for key in keys if not _same(usual.get(key), rules[key])}


def unexplained(rules: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the keys that a call changed without a written reason (reference §7)."""
    reasons = rules.get("reasons") or {}
    return tuple(key for key in changes(rules) if not str(reasons.get(key) or "").strip())


def _same(usual: Any, value: Any) -> bool:
    if isinstance(usual, str) and isinstance(value, str):
        try:
            return Decimal(usual) == Decimal(value)
        except InvalidOperation:
            return usual == value
    return bool(usual == value)
