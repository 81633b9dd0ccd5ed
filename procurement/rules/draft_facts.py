"""What a draft holds, as far as its publication depends on it. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal


@dataclass(frozen=True)
class CriterionFacts:
    """A criterion as drafted; `children` are the maxima of its parts, None where a number is missing."""

    code: str
    titled: bool
    maximum: Decimal | None
    minimum: Decimal | None
    children: tuple[Decimal | None, ...]
    top: bool


@dataclass(frozen=True)
class PublicationFacts:
    """What a call's draft holds, as far as its publication depends on it."""

    now: datetime
    zone: str
    missing_texts: tuple[str, ...]
    ceiling_mode: str
    ceiling_amount: Decimal | None
    criteria: tuple[CriterionFacts, ...]
    total: Decimal
    technical_weight: Decimal
    financial_weight: Decimal
    weights_total: Decimal
    threshold: Decimal
    two_envelopes: bool
    technical_requirements: int
    financial_requirements: int
    dates: tuple[tuple[str, datetime | None], ...]
    deadline: datetime | None
    publish_at: datetime | None
    minimum_days: int
    unexplained: tuple[str, ...]
    payments: tuple[Decimal, ...]
    seats: tuple[str, ...]
    minimum_voting: int
    odd_voting: bool
    key_holders: int
    unconfirmed_holders: tuple[str, ...]
    quorum: int
    notice_ready: bool
    suspended_at: datetime | None
    latest_deadline: datetime | None

    @property
    def voting(self) -> int:
        """Return how many members give marks."""
        return self.seats.count("evaluator")

    @property
    def starts_at(self) -> datetime:
        """Return the instant from which applicants have time."""
        return max(self.publish_at, self.now) if self.publish_at else self.now
