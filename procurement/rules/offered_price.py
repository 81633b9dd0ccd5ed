"""What a financial envelope from a browser says, brought into the form of the others. Nothing in it was checked before. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from procurement.rules.pricing import PriceFacts, total_of

FIGURES: Final = ("days", "rate", "expenses", "total")
FIGURE: Final = re.compile(r"\d{1,9}(\.\d{1,2})?", re.ASCII)
LONGEST_NOTE, LONGEST_FIGURE, MOST_NOTES = 600, 100, 100
UNREADABLE, MISSING, ARITHMETIC = "figure_unreadable", "total_missing", "does_not_add_up"


def offered(written: Mapping[str, Any]) -> dict[str, Any]:
    """Return the content that a financial envelope has, whatever was written: figures that are some, notes, findings.

    A figure that is none is left empty; how it was written is kept beside it, for the record.
    """
    raw = written.get("price")
    given = {name: _text(raw.get(name), LONGEST_FIGURE) for name in FIGURES} if isinstance(raw, Mapping) else {}
    price: dict[str, Any] = {name: _figure(given.get(name, "")) for name in FIGURES}
    unread = {name: text for name, text in given.items() if text and not price[name]}
    findings = [UNREADABLE] if unread else []
    if not price["total"] or not Decimal(price["total"]):
        price["total"] = ""
        findings.append(MISSING)
    elif _computed(price) != Decimal(price["total"]):
        findings.append(ARITHMETIC)
    told = {"sealed_in": "browser", "findings": findings, **({"as_written": unread} if unread else {})}
    return {"price": {**price, **told}, "notes": _notes(written.get("notes"))}


def _computed(price: Mapping[str, str]) -> Decimal | None:
    days, rate, expenses = (Decimal(price[name]) if price[name] else None for name in FIGURES[:3])
    return total_of(PriceFacts(days, rate, expenses))


def _figure(text: str) -> str:
    return text if FIGURE.fullmatch(text) else ""


def _notes(found: Any) -> dict[str, str]:
    if not isinstance(found, Mapping):
        return {}
    lines = list(found.items())[:MOST_NOTES]
    return {_text(code, 20): _text(note, LONGEST_NOTE) for code, note in lines if _text(note, 1)}


def _text(found: Any, longest: int) -> str:
    """Return text without what no database keeps: NUL and halves of characters."""
    if not isinstance(found, str):
        return ""
    kept = "".join(sign for sign in found[: 2 * longest] if sign != "\0" and not "\ud800" <= sign <= "\udfff")
    return kept.strip()[:longest]
