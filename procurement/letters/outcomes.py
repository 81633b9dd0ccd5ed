"""What became of the applications: received, excluded, priced, ranked."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Literal

from procurement.letters.facts import Applicant, Money

Outcome = Literal[
    "received",
    "late",
    "withdrawn",
    "superseded",
    "non_compliant",
    "compliant",
    "below_threshold",
    "below_minimum",
    "not_invited",
    "over_ceiling",
    "over_budget",
    "abnormally_low",
    "excluded",
    "withdrawn_after_opening",
    "ranked",
    "winner",
]
TieState = Literal["none", "resolved", "unresolved"]


@dataclass(frozen=True, kw_only=True)
class Reception:
    """An application as it came in and what was decided on it; one never opened stays nameless
    when `applicant.name` is empty."""

    applicant: Applicant
    received_at: datetime
    outcome: Outcome
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class Ranked:
    """One line of the combined ranking, at full precision; it is rounded only when it is printed.

    `technical_points` and `financial_points` are the two contributions to `combined`.
    """

    applicant: Applicant
    rank: int
    technical: Decimal
    technical_score: Decimal
    combined: Decimal
    price: Money | None = None
    financial_score: Decimal | None = None
    technical_points: Decimal | None = None
    financial_points: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class Exclusion:
    """An application out of the ranking, why, and whether its price was ever opened."""

    applicant: Applicant
    outcome: Outcome
    reason: str
    technical: Decimal | None = None
    price: Money | None = None
    price_opened: bool = False


@dataclass(frozen=True, kw_only=True)
class PriceLine:
    """A financial envelope as opened: the price written, the price after correction, remarks."""

    applicant: Applicant
    offered: Money
    corrected: Money | None = None
    correction: str = ""
    abnormally_low: bool = False
    over_ceiling: bool = False
    remark: str = ""


@dataclass(frozen=True, kw_only=True)
class Tie:
    """Whether two applications were level, which, and the declared rule that parted them."""

    state: TieState = "none"
    labels: tuple[str, ...] = ()
    rule: str = ""
    note: str = ""


NO_TIE = Tie()


@dataclass(frozen=True, kw_only=True)
class EngineRun:
    """The stored calculation a report rests on."""

    version: str
    ran_at: datetime
    sha256: str
    steps: tuple[str, ...] = ()
