"""What the public may know of an award, once it is final."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import Prefetch, QuerySet

from procurement.enums import ApplicationState, CallState, PaperKind
from procurement.models import Award, Call, Paper

FINAL_AWARD = (CallState.AWARDED, CallState.CONTRACTED, CallState.ARCHIVED)


@dataclass(frozen=True)
class AwardNotice:
    """The notice on a call's public page; counts are of applications, `amount` is None where no price was asked for."""

    winner: str
    amount: Decimal | None
    currency: str
    tax: str
    decided_at: datetime
    awarded_at: datetime | None
    received: int
    late: int
    withdrawn: int
    two_envelopes: bool
    paper: Paper | None


def award_notice(call: Call) -> AwardNotice | None:
    """Return the notice of a final award, None before it is final and after it was withdrawn."""
    if call.state not in FINAL_AWARD:
        return None
    award = (
        call.awards.filter(withdrawn_at=None).select_related("application__user", "application__organisation").first()
    )
    if award is None:
        return None
    states = list(call.applications.values_list("state", "label"))
    return AwardNotice(
        winner=award.application.applicant_name,
        amount=award.amount,
        currency=call.currency,
        tax=call.get_tax_display(),
        decided_at=award.decided_at,
        awarded_at=call.awarded_at,
        received=sum(bool(label) and state != ApplicationState.LATE for state, label in states),
        late=sum(state == ApplicationState.LATE for state, _label in states),
        withdrawn=sum(state == ApplicationState.WITHDRAWN for state, _label in states),
        two_envelopes=call.two_envelopes,
        paper=notice_paper(call),
    )


def notice_paper(call: Call) -> Paper | None:
    """Return the latest award notice that is in Word."""
    return (
        call.papers.filter(kind=PaperKind.AWARD_NOTICE, file__isnull=False)
        .select_related("file")
        .order_by("-number")
        .first()
    )


def received_in_time(call: Call) -> int:
    """Return how many applications were opened."""
    return call.applications.exclude(label="").exclude(state=ApplicationState.LATE).count()


def awarded_calls() -> QuerySet[Call]:
    """Return the calls whose award is final, the latest first, each with its live award (`live_awards`)."""
    live = Award.objects.filter(withdrawn_at=None).select_related("application__user", "application__organisation")
    return (
        Call.objects.filter(state__in=FINAL_AWARD, awarded_at__isnull=False)
        .select_related("organisation")
        .prefetch_related(Prefetch("awards", queryset=live, to_attr="live_awards"))
        .order_by("-awarded_at", "-id")
    )
