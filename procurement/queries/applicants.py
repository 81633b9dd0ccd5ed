"""Who applied, once the envelopes are open; before, every question here has no answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet

from procurement import permissions
from procurement.enums import ApplicationState, EnvelopeKind
from procurement.models import Application, Call, Submission
from procurement.queries.opening import labelled


@dataclass(frozen=True)
class Arrival:
    """One application as it came: when, with how many documents, and whether its envelopes stay closed."""

    application: Application
    received_at: datetime | None
    documents: int
    sealed: bool


def applications_visible_to(viewer: Any, *, call: Call) -> QuerySet[Application]:
    """Return the applications that were submitted, to those who may know of them; to others none."""
    if not permissions.see_applicants(call, viewer):
        return Application.objects.none()
    return labelled(call)


def arrivals(viewer: Any, *, call: Call) -> list[Arrival]:
    """Return the list of applicants in order of labels, late ones included and marked as sealed."""
    opened = Q(envelopes__kind=EnvelopeKind.TECHNICAL, envelopes__opened_at__isnull=False)
    rows = (
        applications_visible_to(viewer, call=call)
        .annotate(documents_opened=Count("envelopes__documents", filter=opened, distinct=True))
        .prefetch_related(Prefetch("submissions", queryset=Submission.objects.filter(withdrawn_at=None)))
    )
    return [_arrival(application) for application in rows]


def _arrival(application: Any) -> Arrival:
    late = application.state == ApplicationState.LATE
    sent = list(application.submissions.all())
    counting = [s for s in sent if s.late == late] or sent  # a late one that two persons decided to open
    return Arrival(
        application=application,
        received_at=counting[0].submitted_at if counting else None,
        documents=application.documents_opened,
        sealed=late,
    )
