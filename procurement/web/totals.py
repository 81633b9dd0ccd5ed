"""Where each application stands after the marks were shared: its total, and against the threshold."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from django.db.models import QuerySet

from procurement.enums import ApplicationState, Stage
from procurement.models import Application, Call
from procurement.models.marks import signed_marks
from procurement.queries.kept_marks import counts_consensus
from procurement.queries.problem import consensus_marks
from procurement.web.figures import shown

MARKED = [
    state
    for state in ApplicationState
    if state
    not in (
        ApplicationState.DRAFT, ApplicationState.SUBMITTED, ApplicationState.WITHDRAWN, ApplicationState.LATE,
        ApplicationState.OPENED, ApplicationState.NON_COMPLIANT, ApplicationState.EXCLUDED,
    )
]  # fmt: skip


@dataclass(frozen=True)
class Total:
    """One application: the mean of the sheets, the agreed total, and which of them counts by the rule set."""

    application: Application
    mean: Fraction | None
    agreed: Fraction | None
    counts_consensus: bool
    threshold: Decimal | None
    settled_at: datetime | None

    @property
    def counting(self) -> Fraction | None:
        """Return the total that counts; the mean of the sheets while the consensus is not written."""
        return self.agreed if self.counts_consensus and self.agreed is not None else self.mean

    @property
    def shown(self) -> str:
        """Return the total with two decimals, with more where two would hide that it misses the threshold."""
        limit = None if self.threshold is None else Fraction(self.threshold)
        return shown(self.counting, limit=limit)

    @property
    def mean_shown(self) -> str:
        """Return the mean of the sheets with two decimals."""
        return shown(self.mean)

    @property
    def agreed_shown(self) -> str:
        """Return the agreed total with two decimals."""
        return shown(self.agreed)

    @property
    def below(self) -> bool:
        """Tell whether the total misses the threshold of the call."""
        return self.threshold is not None and self.counting is not None and self.counting < self.threshold


def marked_applications(call: Call, *, left: bool = False) -> QuerySet[Application]:
    """Return the applications that the panel marked, in order, with their consensus; `left`: also who left the race since."""
    rows = call.applications.filter(state__in=MARKED, consensus__isnull=False)
    if left:
        rows |= call.applications.filter(state=ApplicationState.EXCLUDED, consensus__settled_at__isnull=False)
    return rows.select_related("consensus", "user", "organisation").order_by("id")


def totals_of(call: Call, applications: Iterable[Application], *, stages: Collection[Stage]) -> list[Total]:
    """Return the totals of some applications, in their order, in a handful of readings."""
    applications = list(applications)
    among = [one.pk for one in applications]
    sheets: dict[int, dict[str, Fraction]] = {}
    asked: dict[int, set[str]] = {}
    for stage in stages:
        for pk, by_label in signed_marks(call, stage=stage, among=among).items():
            sums = sheets.setdefault(pk, {})
            for label, marks in by_label.items():
                sums[label] = sums.get(label, Fraction()) + sum(map(Fraction, marks.values()), Fraction())
                asked.setdefault(pk, set()).update(marks)
    agreed = _agreed(call, asked)
    by_consensus, threshold = counts_consensus(call), threshold_of(call)
    return [
        Total(
            application=one,
            mean=sum(sheets[one.pk].values(), Fraction()) / len(sheets[one.pk]) if one.pk in sheets else None,
            agreed=agreed.get(one.pk),
            counts_consensus=by_consensus,
            threshold=threshold,
            settled_at=one.consensus.settled_at,
        )
        for one in applications
    ]


def _agreed(call: Call, asked: Mapping[int, set[str]]) -> dict[int, Fraction]:
    """Return the agreed totals; none while a mark is missing, for half a sum would be read as a result."""
    marks = {pk: by["consensus"] for pk, by in consensus_marks(call, among=list(asked)).items()}
    complete = {pk: codes for pk, codes in marks.items() if asked[pk] <= set(codes)}
    return {pk: sum(map(Fraction, codes.values()), Fraction()) for pk, codes in complete.items()}


def threshold_of(call: Call) -> Decimal | None:
    """Return the technical threshold, None where the call has none."""
    return call.rule_number("threshold") or None
