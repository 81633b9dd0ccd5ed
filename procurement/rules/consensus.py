"""When a consensus may be written and settled. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from workflow.guards import Guard
from workflow.guards import gettext_noop as _


@dataclass(frozen=True)
class SpreadFacts:
    """One criterion: the marks given, the agreed one, and the reason written."""

    code: str
    maximum: Decimal
    marks: tuple[Decimal, ...]
    agreed: Decimal | None
    reason: str

    @property
    def spread(self) -> Decimal:
        """Return the distance between the highest and the lowest mark, in points."""
        return max(self.marks) - min(self.marks) if self.marks else Decimal(0)

    @property
    def spread_percent(self) -> Decimal:
        """Return the spread as a percentage of the maximum."""
        return self.spread * 100 / self.maximum


@dataclass(frozen=True)
class ConsensusFacts:
    """Where the consensus on one application stands."""

    stage_open: bool
    settled: bool
    awaits_interview: bool
    criteria: tuple[SpreadFacts, ...]
    spread_percent: int
    reason_minimum: int

    @property
    def unmarked(self) -> tuple[str, ...]:
        """Return the criteria without an agreed mark."""
        return tuple(c.code for c in self.criteria if c.agreed is None)

    @property
    def unexplained(self) -> tuple[str, ...]:
        """Return the criteria whose spread asks for a reason that is missing or too short."""
        return tuple(
            c.code
            for c in self.criteria
            if c.spread_percent > self.spread_percent and len(c.reason.strip()) < self.reason_minimum
        )


ABOUT = "consensus"
STAGE = Guard("CNS-01", _("The consensus is not open."), ABOUT, lambda f: f.stage_open)
NOT_SETTLED = Guard("CNS-02", _("This consensus is settled."), ABOUT, lambda f: not f.settled)
MARKED = Guard(
    "CNS-03", _("These criteria have no agreed mark: %(codes)s."), ABOUT,
    lambda f: not f.unmarked, lambda f: {"codes": f.unmarked},
)  # fmt: skip
EXPLAINED = Guard(
    "CNS-04",
    _("The marks are more than %(percent)s %% apart on %(codes)s: write the reason in at least %(minimum)s characters."),
    ABOUT, lambda f: not f.unexplained,
    lambda f: {"codes": f.unexplained, "percent": f.spread_percent, "minimum": f.reason_minimum},
)  # fmt: skip
INTERVIEWED = Guard(
    "CNS-05", _("This application reaches the mark from which it is invited: hold the interviews first."), ABOUT,
    lambda f: not f.awaits_interview,
)  # fmt: skip
IS_SETTLED = Guard("CNS-06", _("This consensus is not settled."), ABOUT, lambda f: f.settled)

WRITE = (STAGE, NOT_SETTLED)
SETTLE = (STAGE, NOT_SETTLED, INTERVIEWED, MARKED, EXPLAINED)
REOPEN = (STAGE, IS_SETTLED)
