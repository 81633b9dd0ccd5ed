"""The price formulas: what share of the maximum a price earns beside the lowest and the highest still in the race."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from procurement.scoring.steps import Step
from procurement.scoring.terms import Formula, PriceTerms

ALL = Fraction(1)
NOTHING = Fraction()


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceRange:
    lowest: Fraction
    highest: Fraction

    @classmethod
    def of(cls, prices: Iterable[Fraction]) -> "PriceRange":
        known = list(prices)
        return cls(lowest=min(known), highest=max(known))


def financial_score(*, ref: str, price: Fraction, terms: PriceTerms, among: PriceRange, scale: Fraction) -> Step:
    """Reckon the score of one price, up to `scale`; the step carries the numbers it was made of."""
    share = price_share(price, terms=terms, among=among)
    code = f"price.{terms.formula}"
    if terms.formula == Formula.LINEAR and among.highest == among.lowest:
        code = "price.all_equal"
    elif share < NOTHING:
        code = f"price.{terms.formula}.floor"
    return Step(
        code,
        {
            "ref": ref,
            "scale": scale,
            "price": price,
            "lowest": among.lowest,
            "highest": among.highest,
            "n": terms.n or NOTHING,
            "value": scale * max(share, NOTHING),
        },
    )


def price_share(price: Fraction, *, terms: PriceTerms, among: PriceRange) -> Fraction:
    """Apply the formula of the call; below zero where the formula goes there, for the caller to stop at zero."""
    match terms.formula:
        case Formula.INVERSE:
            return among.lowest / price
        case Formula.LINEAR:
            return linear(price, among=among)
        case Formula.PENALTY:
            return 1 - (price - among.lowest) / among.lowest
        case Formula.N_TIMES:
            return n_times(price, among=among, n=terms.n or NOTHING)


def linear(price: Fraction, *, among: PriceRange) -> Fraction:
    """Draw a straight line from the lowest price to the highest; equal prices all earn the maximum."""
    if among.highest == among.lowest:
        return ALL
    return (among.highest - price) / (among.highest - among.lowest)


def n_times(price: Fraction, *, among: PriceRange, n: Fraction) -> Fraction:
    """Draw a straight line from the lowest price to n times the lowest, where nothing is left."""
    return (n * among.lowest - price) / ((n - 1) * among.lowest)
