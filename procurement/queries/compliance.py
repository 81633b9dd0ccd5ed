"""The compliance check: applications with their items, and the documents behind an item."""

from __future__ import annotations

from django.db.models import Prefetch, Q, QuerySet

from procurement.enums import ApplicationState, EnvelopeKind
from procurement.models import Application, Call, ComplianceItem, Document

CHECKED = [
    state
    for state in ApplicationState
    if state
    not in (ApplicationState.DRAFT, ApplicationState.SUBMITTED, ApplicationState.WITHDRAWN, ApplicationState.LATE)
]


def checked_applications(call: Call) -> QuerySet[Application]:
    """Return every opened application with its items, its request and what came in answer, in order of labels."""
    items = ComplianceItem.objects.select_related("requirement").order_by("requirement__position", "requirement_id")
    return (
        call.applications.filter(state__in=CHECKED)
        .select_related("user", "organisation", "completion_request", "decided_by")
        .prefetch_related(
            Prefetch("compliance_items", queryset=items),
            Prefetch("completion_request__requirements"),
            Prefetch("completion_request__documents", queryset=Document.objects.filter(removed_at=None)),
        )
        .order_by("id")
    )


def documents_of_item(item: ComplianceItem) -> QuerySet[Document]:
    """Return what the committee may look at for an item: opened documents, and those that came in answer to the request."""
    opened = Q(envelopes__opened_at__isnull=False, envelopes__kind=EnvelopeKind.TECHNICAL)
    answered = Q(completion__answered_at__isnull=False, removed_at=None)
    return Document.objects.filter(
        opened | answered, application=item.application_id, requirement=item.requirement_id
    ).distinct()
