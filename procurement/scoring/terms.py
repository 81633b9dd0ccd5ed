"""What is to be compared, and by which terms: a problem that has been read and found sound."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from fractions import Fraction


class Method(StrEnum):
    PRAG = "prag"
    QCBS = "qcbs"
    POINTS = "points"
    QBS = "qbs"
    FBS = "fbs"
    LCS = "lcs"
    LPTA = "lpta"
    LOWEST_PRICE = "lowest_price"
    QUALITY_ONLY = "quality_only"


class Normalise(StrEnum):
    BEST = "best"
    MAX = "max"
    NONE = "none"


class Aggregate(StrEnum):
    MEAN = "mean"
    MEDIAN = "median"
    TRIMMED_MEAN = "trimmed_mean"


class Formula(StrEnum):
    INVERSE = "inverse"
    LINEAR = "linear"
    PENALTY = "penalty"
    N_TIMES = "n_times"


class TieRule(StrEnum):
    """The tie-break rules with a word of their own; any other is a criterion's code."""

    TECHNICAL = "technical"
    PRICE = "price"
    SUBMITTED_AT = "submitted_at"
    LOTS = "lots"
    DRAW = "draw"


DRAWN_BY_PEOPLE = frozenset({TieRule.LOTS, TieRule.DRAW})


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """Shares that sum to one; with the method `points`, the two maxima in points."""

    technical: Fraction
    financial: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class TechnicalTerms:
    max: Fraction
    threshold: Fraction | None
    normalise: Normalise
    aggregate: Aggregate


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceTerms:
    formula: Formula
    n: Fraction | None
    ceiling: Fraction | None
    ceiling_binding: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    code: str
    max: Fraction
    weight: Fraction
    minimum: Fraction | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """One application: its technical mark or its sheets, and its price, absent as long as its envelope is closed."""

    ref: str
    admissible: bool
    technical: Fraction | None
    marks: Mapping[str, Mapping[str, Fraction]]  # evaluator -> criterion -> mark; empty when there is no sheet
    price: Fraction | None
    submitted_at: datetime | None
    path: str  # where it stands in the problem, for a refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    method: Method
    weights: Weights | None
    technical: TechnicalTerms
    price: PriceTerms
    budget: Fraction | None
    criteria: tuple[Criterion, ...]
    tie_break: tuple[str, ...]
    applications: tuple[Application, ...]
