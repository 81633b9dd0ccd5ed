"""The methods, as a table: what each one looks at and what decides (sources: the World Bank, PRAG, UN and French rules)."""

from dataclasses import dataclass
from enum import Enum

from procurement.scoring.terms import Method


class Prices(Enum):
    """Whose price the method looks at; every other envelope stays closed."""

    ALL = "everyone still in the race"
    FIRST = "the first alone"
    NONE = "nobody"


class Decides(Enum):
    COMBINED = "the combined score, highest first"
    TECHNICAL = "the technical mark, highest first"
    PRICE = "the price, lowest first"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    judges: bool  # whether the threshold and the minima can put an application out
    prices: Prices
    decides: Decides

    @property
    def combines(self) -> bool:
        return self.decides is Decides.COMBINED


METHODS = {
    Method.PRAG: Rules(judges=True, prices=Prices.ALL, decides=Decides.COMBINED),
    Method.QCBS: Rules(judges=True, prices=Prices.ALL, decides=Decides.COMBINED),
    Method.POINTS: Rules(judges=True, prices=Prices.ALL, decides=Decides.COMBINED),
    Method.QBS: Rules(judges=True, prices=Prices.FIRST, decides=Decides.TECHNICAL),
    Method.FBS: Rules(judges=True, prices=Prices.ALL, decides=Decides.TECHNICAL),
    Method.LCS: Rules(judges=True, prices=Prices.ALL, decides=Decides.PRICE),
    Method.LPTA: Rules(judges=False, prices=Prices.ALL, decides=Decides.PRICE),
    Method.LOWEST_PRICE: Rules(judges=False, prices=Prices.ALL, decides=Decides.PRICE),
    Method.QUALITY_ONLY: Rules(judges=True, prices=Prices.NONE, decides=Decides.TECHNICAL),
}
