"""Problems as they come to the door of the engine, for the tests."""

from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from procurement.scoring.engine import rank
from procurement.scoring.problem import parse
from procurement.scoring.record import Result

PRICED = ("prag", "qcbs", "points")
METHODS = ("prag", "qcbs", "points", "qbs", "fbs", "lcs", "lpta", "lowest_price", "quality_only")
FORMULAS = ("inverse", "linear", "penalty", "n_times")


def problem(method: str = "qcbs", /, *applications: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """A sound problem of this method; `changes` replace whole fields, None takes one away."""
    raw: dict[str, Any] = {
        "method": method,
        "weights": {"technical": "0.70", "financial": "0.30"},
        "technical": {"max": "100"},
        "budget": "500000",
        "applications": list(applications),
    }
    if method == "points":
        raw |= {"weights": {"technical": "100", "financial": "40"}}
    return {key: value for key, value in (raw | changes).items() if value is not None}


def bid(ref: str, technical: str | None = None, price: str | None = None, **more: Any) -> dict[str, Any]:
    raw = {"ref": ref, "technical": technical, "price": price, **more}
    return {key: value for key, value in raw.items() if value is not None}


def ranked(raw: dict[str, Any]) -> Result:
    return rank(parse(raw))


def order(result: Result) -> list[str]:
    return [standing.ref for standing in result.ranking]


def numbers(result: Result, name: str) -> dict[str, str]:
    """The written numbers of one column of the ranking, by reference."""
    return {row["ref"]: row[name] for row in result.as_json()["ranking"]}


marks = st.decimals(min_value=0, max_value=100, places=2).map(str)
prices = st.decimals(min_value=Decimal("0.01"), max_value=Decimal(400_000), places=2).map(str)
methods = st.sampled_from(METHODS)
priced_methods = st.sampled_from(PRICED)
formulas = st.sampled_from(FORMULAS).map(lambda formula: {"formula": formula, "n": "3"})


@st.composite
def bids(draw: st.DrawFn, *, least: int = 1) -> list[dict[str, Any]]:
    """Applications that often share a mark or a price, since equality is where rankings go wrong."""
    some_marks, some_prices = (
        draw(st.lists(marks, min_size=1, max_size=4)),
        draw(st.lists(prices, min_size=1, max_size=4)),
    )
    count = draw(st.integers(least, 7))
    return [
        bid(f"E{index}", draw(st.sampled_from(some_marks)), draw(st.sampled_from(some_prices)))
        for index in range(count)
    ]
